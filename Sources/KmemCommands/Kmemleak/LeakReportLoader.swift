import KmemParsers
import KmemAnalysis
import KmemIntake
import KmemReport
import KmemSnapshot
import KmemSources

/// Reads a kmemleak report and, where one is given, the baseline before it.
struct LeakReportLoader {
  let input: LeakInput
  let baseline: String?
  let wanted: UInt64?
  let rules: [Suppression]
  let frameRules: FrameRules
  let sources: SourceLineOptions
  /// Where modules lay before in the same boot, as far as that was noted.
  var moduleRecord: ModuleRecord?
  /// The objects known before, where no reference names them.
  var known: LeakBaseline?
  /// Whether the places of modules are noted, which only commands do that change the kernel's state
  /// anyway.
  var notesModules = false
  /// Whether the user says that the text is kmemleak's own file.
  var isReport = false
  /// The iterations of a command; if they are given, the report is of their objects only.
  var windows: IterationTickRanges?
  /// What reads the same text for leaks of programs; nil where only the kernel's are wanted.
  var programs: ProgramLeakText?
  /// The same of the baseline.
  var programsBefore: ProgramLeakText?

  /// Reads the report, and the baseline if there is one.
  ///
  /// - Throws: `Failure` if there is no report, or the text is none.
  func report() throws(Failure) -> LeakReport {
    switch try input.source() {
    case .held(let capture): return try report(in: capture)
    case .stream(let stream, let capture): return try report(from: stream, beside: capture)
    }
  }

  private func report(in capture: Capture) throws(Failure) -> LeakReport {
    let (reading, isKernelFile) = try Self.reading(in: capture)
    if reading.outcome != .read {
      let problem = LeakInputRefusal.notWhole(reading.outcome, reason: reading.reason)
      input.options.remark("kmemcheck: \(problem.sentence)")
    }
    let snapshot = Snapshot(capture)
    let isWhole = isKernelFile && reading.outcome == .read
    var text = try begin(snapshot, isKernelFile: isKernelFile, isOwnFile: isReport || isWhole)
    let bytes = mended(reading.bytes, of: capture.origin)
    text.read(bytes.span)
    programs?.read(reading.bytes.span)
    programs?.read(mended: bytes.span)
    programs?.finish()
    var report = try checked(
      text.report(snapshot), capture.origin,
      beginning: Array(bytes.prefix(LeakTextPieces.longestBeginning)))
    report.scan = snapshot.scan
    return report
  }

  private func report(from stream: TextStream, beside capture: Capture) throws(Failure)
    -> LeakReport
  {
    let snapshot = Snapshot(capture)
    let isLive = capture.kind == .live
    let isNamed = isNamed(stream.name, afterKernelFile: KmemleakFile.path)
    let begun = try begin(
      snapshot, isKernelFile: isLive, isOwnFile: isReport || isLive || isNamed)
    let pieces = LeakTextPieces(begun, programs, isLive: isLive)
    let end: TextStream.End
    do {
      end = try stream.read { piece in
        pieces.read(piece)
        guard pieces.wantsMore else { throw Self.manyStacks(of: stream.name) }
      }
      pieces.finish()
    } catch let error as Failure {
      throw error
    } catch {
      throw capture.kind == .live ? Failure.kmemleak(error) : Failure(error)
    }
    if programs?.isOwnMarkup != true { remark(pieces.remarks, of: stream.name) }
    switch end {
    case .read: break
    case .archive: return try report(in: try input.whole())
    case .capture(let capture): return try report(in: capture.withConfiguration())
    case .truncated(let reason): input.options.remark("kmemcheck: \(stream.name): \(reason)")
    }
    return try checked(pieces.report(snapshot), stream.name, beginning: pieces.beginning)
  }

  /// The text without what people and tools added to it, which is remarked.
  func mended(_ text: [UInt8], of name: String) -> [UInt8] {
    guard let mended = TextMender.mended(text) else { return text }
    remark(mended.remarks, of: name)
    return mended.text
  }

  private func remark(_ remarks: [Remark], of name: String) {
    for remark in remarks {
      input.options.remark("kmemcheck: \(name): line \(remark.line): \(remark.reason)")
    }
  }

  /// Begins a report with all that is known: the baseline's objects, and where modules lay.
  private func begin(
    _ snapshot: Snapshot, isKernelFile isOwn: Bool, isOwnFile: Bool
  ) throws(Failure) -> LeakReportBuilder {
    // A log names frames as they were when each line was written.
    let readTime = isOwn ? snapshot.host.upTime : nil
    if let baseline {
      return try begin(snapshot, readTime: readTime, after: baseline, isOwnFile: isOwnFile)
    }
    let map = history(snapshot).map()
    return LeakReportBuilder(
      modules: map.printed(at: readTime), baseline: known, rules: rules, frameRules: frameRules,
      wanted: wanted, windows: windows, isOwnFile: isOwnFile)
  }

  /// Where modules lay in the boot of the snapshot, by others of that boot too.
  func history(_ snapshot: Snapshot, _ others: [Snapshot] = []) -> ModuleHistory {
    ModuleHistory(
      snapshot: snapshot, others: others, noted: moduleRecord, sources: sources,
      isNoted: notesModules)
  }

  /// The source of the capture that holds the report, or a log in which there may be one.
  static func reading(in capture: Capture) throws(Failure)
    -> (reading: SourceReading, isKernelFile: Bool)
  {
    let logs = ["var/log/kmemcheck-kernel.log", "var/log/dmesg", "var/log/kern.log"]
    let paths = [KmemleakFile.path] + logs + capture.sources.keys.filter { $0.contains("dmesg") }
    let path = paths.first { capture[$0].outcome == .read || !capture[$0].bytes.isEmpty }
    if let path { return (capture[path], path == KmemleakFile.path) }
    if capture.kind == .file, let other = capture.sources.keys.sorted().first,
      let file = KernelFiles.all.first(where: { $0.path == other })
    {
      throw Failure(
        status: .badData,
        LeakInputRefusal.notRecognised(name: capture.origin, file))
    }
    let own = capture[KmemleakFile.path]
    throw Failure(
      status: own.outcome == .denied
        ? .notPermitted : own.outcome == .absent ? .noSuchInput : .badData,
      LeakInputRefusal.notInCapture(
        origin: capture.origin, path: KmemleakFile.path, own.outcome, reason: own.reason))
  }

  private static func manyStacks(of name: String) -> Failure {
    let limit = LeakTextFacts.stackLimit
    return Failure(status: .badData, LeakInputRefusal.manyStacks(name: name, limit: limit))
  }

  private func checked(
    _ report: LeakReport, _ name: String, beginning: [UInt8]
  ) throws(Failure) -> LeakReport {
    guard !report.text.isBeyondLimit else { throw Self.manyStacks(of: name) }
    guard report.text.isRecognised || programs?.isRecognised == true else {
      let file = kernelFile(beginning: beginning).flatMap { path in
        KernelFiles.all.first { $0.path == path }
      }
      throw Failure(
        status: .badData, LeakInputRefusal.notRecognised(name: name, file))
    }
    return report
  }
}
