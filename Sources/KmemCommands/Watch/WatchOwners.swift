import KmemAnalysis
import KmemReport
import KmemSnapshot
import KmemSources

/// Finds the owners of what grows, and the next steps, from a last capture of everything.
struct WatchOwners {
  let first: Snapshot
  let settings: WatchSettings

  /// Adds owners and next steps to the report.
  func complete(_ report: inout WatchReport) {
    guard report.isFinding else { return addTime(&report) }
    if let culprit = report.culprit {
      let isHeld = culprit.verdict.conclusion == .heldForUserSpace
      let program = culprit.id.process.flatMap(program)
      report.facts.next.append(.lookCloser(culprit.id, isHeld: isHeld, program))
    }
    if report.growing.contains(where: \.isKernels) { addKernel(&report) }
  }

  private func addKernel(_ report: inout WatchReport) {
    guard let capture = try? LiveKernel(catalog: .withoutLeaks).capture() else { return }
    let full = capture.withConfiguration().withModuleNames()
    let now = Snapshot(full)
    let (start, end) = (MemoryModel(first), MemoryModel(now))
    report.add(Attribution.all(of: Growth(from: start, to: end), from: start, to: end))
    report.facts.next += report.kernelSteps(status(beside: full))
  }

  /// The status of this kernel; one byte of kmemleak's report is enough to know that it can be
  /// read.
  private func status(beside full: Capture) -> KernelStatus {
    var capture = full
    let kmemleak = try? LiveKernel(catalog: .kmemleakState).capture()
    capture.sources.merge(kmemleak?.sources ?? [:]) { known, _ in known }
    capture.manifest?.sources.merge(kmemleak?.manifest?.sources ?? [:]) { known, _ in known }
    var facts = KernelFacts(capture, Snapshot(capture))
    facts.addLive()
    return KernelStatus(facts)
  }

  private func addTime(_ report: inout WatchReport) {
    guard report.conclusion == .notEnough, !report.isOver else { return }
    guard !report.mayMakeMore else {
      var all = settings.command(seconds: max(60, report.seconds))
      all.pids = []
      report.facts.next = [.watchAll(all)]
      return
    }
    let more = report.secondsNeeded ?? 900
    let command = settings.command(seconds: max(60, report.seconds + more))
    report.facts.next = [.watchLonger(command), .record(command)]
  }

  /// What the process is, unless it has ended.
  private func program(_ process: ProcessName) -> ProgramFacts? {
    let live = LiveProgram(process.pid)
    guard LiveFacts.isDirectory("/proc/\(process.pid)") else { return nil }
    var facts = ProgramFacts(
      executable: live.executable, arguments: live.arguments, mapped: live.mapped,
      file: file(of: live))
    facts.folder = live.folderOfArguments
    return facts
  }

  private func file(of live: LiveProgram) -> ProgramFacts.File {
    var file = ProgramFacts.File(beginning: live.beginning)
    guard let program = live.file else { return file }
    let marks = program.marks
    file.isStatic = program.kind == .isolated
    file.hasSanitizer = marks.contains(.leakSanitizer)
    file.isRust = marks.contains(.rust)
    file.isSetID = program.isSetID
    return file
  }
}
