import KmemAnalysis
import KmemControl
import KmemReport
import KmemSnapshot
import KmemSources

/// Runs a command between scans of kmemleak, where it can be used, and between samples of memory.
struct CheckSession {
  let check: CheckRun
  let rules: [Suppression]
  let frameRules: FrameRules
  let minimumAge: Double
  let confirmations: Int
  /// Whether the user wants kmemleak used if it can be.
  let isWanted: Bool
  let leakOptions: LeakOptions
  let options: CommonOptions

  /// - Throws: `Failure` if memory can't be read, or a report of kmemleak can't.
  func report() throws(Failure) -> CheckReport {
    guard isWanted else { return try grown(.notWanted) }
    if let absence = try KmemleakAccess.absence() { return try grown(absence) }
    return try scanned(try KmemleakAccess())
  }

  /// A report of growth alone, with the reason why there is no kmemleak.
  private func grown(_ absence: KmemleakAbsence) throws(Failure) -> CheckReport {
    if absence != .notWanted {
      check.trace = CheckTrace(runs: check.wanted, frameRules: frameRules)
    }
    try runAlone()
    return try result(nil, absence: absence)
  }

  private func runAlone() throws(Failure) {
    let signals = SignalMask()
    try check.run(signals)
    // The check has ended as the signal asked: it mustn't end the program before its answer.
    while signals.ending() != nil {}
  }

  private func scanned(_ gate: KmemleakAccess) throws(Failure) -> CheckReport {
    let reading = LeakReportLoader(
      input: LeakInput(reference: "now", root: nil, options: options), baseline: nil, wanted: nil,
      rules: rules, frameRules: frameRules, sources: leakOptions.sourceLines,
      notesModules: true)
    check.modules = ModuleListRecorder()
    let scan = LeakScan(
      gate: gate, reading: reading, minimumAge: minimumAge, confirmations: confirmations,
      isQuiet: options.quiet)
    var leaks = try scan.report(around: check)
    guard let diff = check.diff else {
      throw Failure(
        status: leaks.scan?.isInterrupted == true ? .interrupted : .undecided,
        CheckRefusal.notRun(leaks.scan))
    }
    leaks = leaks.joinedByCulprit.compared(with: diff.growth, since: check.start)
    let resolved = SourceLines(options: leakOptions.sourceLines).resolve(leaks)
    return try result(resolved, absence: nil)
  }

  private func result(_ leaks: LeakReport?, absence: KmemleakAbsence?) throws(Failure)
    -> CheckReport
  {
    guard let diff = check.diff else {
      throw Failure(status: .undecided, CheckRefusal.notLookedAtAfterwards)
    }
    let series = check.samples.series()
    // The kernel itself names the lines that leak: that files with debugging information are
    // missing is of no use beside it.
    let hasLines = series.contains { $0.isLeak && $0.id.kind == .allocationSite }
    var report = CheckReport(
      command: check.command, wanted: check.wanted, iterations: check.iterations,
      leaks: hasLines ? leaks?.withoutSourceNotes : leaks,
      kmemleakAbsence: absence, diff: diff, series: series, sampledAfter: check.samples.iterations,
      drops: check.plan.drops,
      isInterrupted: check.isInterrupted || leaks?.scan?.isInterrupted == true)
    report.trace = check.traced
    report.leftProcesses = check.leftProcesses
    report.programs = try check.tool?.check(rules: rules, frameRules: frameRules)
    return report
  }
}
