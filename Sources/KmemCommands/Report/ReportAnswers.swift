import KmemAnalysis
import KmemHistory
import KmemReport
import KmemSnapshot
import KmemSources

/// The answers that go into a report: those of the verbs that the inputs are for.
struct ReportAnswers {
  let inputs: [String]
  let root: String?
  let sources: SourceLineOptions
  let options: CommonOptions

  /// What a document about the inputs is called: paths without their folders.
  var name: String {
    guard !inputs.isEmpty else { return root ?? "this machine" }
    return inputs.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
      .joined(separator: ", ")
  }

  /// The answers, the one about most first.
  ///
  /// - Throws: `Failure` if an input can't be read, or nothing in it is understood.
  func parts() throws(Failure) -> [HTMLReport.Part] {
    switch inputs.count {
    case 0: return try moment("now")
    // A label or a time is no file, of which nobody knows whether it is a history.
    case 1 where fileSize(at: inputs[0]) > 0 && History.isLikely(inputs[0]):
      let replay = WatchReplay(path: inputs[0], boot: nil, last: nil, pids: [])
      return [Self.watch(try replay.report())]
    case 1: return try moment(inputs[0])
    case 2: return try growth(inputs[0], inputs[1])
    default:
      let replay = SeriesReplay(places: inputs, host: nil, boot: nil, last: nil, pids: [])
      return [Self.watch(try replay.report())]
    }
  }

  private var input: SnapshotInput { SnapshotInput(root: root, options: options) }

  private static func watch(_ report: WatchReport) -> HTMLReport.Part {
    HTMLReport.Part(
      "What grows", WatchText(report, style: .pictures, limit: 100).written)
  }
}

extension ReportAnswers {
  private func growth(_ from: String, _ to: String) throws(Failure) -> [HTMLReport.Part] {
    let before = try input.capture(from)
    let hasProcesses = before.sources[ProcessFacts.path] != nil
    let after = try input.capture(to, processes: hasProcesses ? ProcessBudget() : nil)
    let earlier = try input.snapshot(of: before).ofReport
    let later = try input.snapshot(of: after).ofReport
    let report = DiffReport(
      from: MemoryModel(earlier), to: MemoryModel(later), leaks: after.newLeakGroups(since: before))
    let growth = DiffText(report, style: .pictures, isVerbose: true).written
    return [HTMLReport.Part("What grew", growth)]
      + holders(later) + (try leaks(to, baseline: from, of: after))
  }

  private func moment(_ reference: String) throws(Failure) -> [HTMLReport.Part] {
    let capture = try input.capture(reference, processes: ProcessBudget())
    let leaks = try leaks(reference, of: capture)
    do throws(Failure) {
      return holders(try input.snapshot(of: capture)) + leaks
    } catch {
      // A leak report alone is no snapshot, and still a report.
      guard !leaks.isEmpty else { throw error }
      return leaks
    }
  }

  /// Who holds memory at one moment, or when it ran short.
  private func holders(_ snapshot: Snapshot) -> [HTMLReport.Part] {
    let reports = snapshot.reportsAlone
    guard reports.isEmpty else {
      let shortages = reports.map { Shortage($0, origin: snapshot.origin) }
      let text = ShortageText(
        shortages, origin: snapshot.origin, style: .pictures, isVerbose: true)
      return [HTMLReport.Part("When memory ran short", text.written)]
    }
    let health = ShowText(Health(MemoryModel(snapshot)), style: .pictures, isVerbose: true)
    let processes = ProcessTop(snapshot).map { top in
      HTMLReport.Part("Processes", ProcessTopText(top, style: .pictures, limit: 200).written)
    }
    return [HTMLReport.Part("Who holds memory", health.written)] + (processes.map { [$0] } ?? [])
  }

  /// What a leak report says that lies in the capture; nothing where there is none.
  private func leaks(
    _ reference: String, baseline: String? = nil, of capture: Capture
  ) throws(Failure) -> [HTMLReport.Part] {
    guard reference != "-", capture.kind != .live else { return [] }
    let loader = LeakReportLoader(
      input: LeakInput(reference: reference, root: root, options: options), baseline: nil,
      wanted: nil, rules: try SuppressionFiles(named: [], usesDefaults: true).rules(),
      frameRules: try FrameRuleOptions.rules([]), sources: sources)
    guard let report = try? loader.report(), !report.groups.isEmpty else { return [] }
    let resolved = SourceLines(options: sources).resolve(report)
    return [
      HTMLReport.Part(
        "Leak report", LeaksText(resolved, style: .pictures, isVerbose: true).written)
    ]
  }
}
