import ArgumentParser
import KmemAnalysis
import KmemControl
import KmemReport
import KmemSnapshot
import KmemSources

/// `kmemcheck scan`: what kmemleak finds if it's driven as its rules demand.
struct Scan: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: "Let kmemleak scan, wait as long as it needs, and report what it finds.",
    discussion: """
      kmemcheck scan                         scan twice, once more if anything is found
      kmemcheck scan --baseline before       only what is new counts as a finding
      kmemcheck scan --save --label after    keep the report in the store

      Stops the automatic scanner meanwhile and starts it again, also after Ctrl-C.
      Takes some 6 s and the time of two or three scans. Nothing is cleared.
      Exit status: 0 nothing found by valid scans, 1 leaks, 2 could not decide,
      69 kmemleak can't be used, 77 needs privilege, 130 interrupted.
      """)

  @Option(name: .long, help: "Scan and read this many times more if anything is found.")
  var confirm = 1

  @Option(name: .long, help: "Seconds between the first two scans; 5 is kmemleak's own minimum.")
  var minAge = ScanProtocol.usualAge

  @Option(
    name: .long, help: "Tell new from known objects by this earlier report or snapshot.",
    completion: .snapshot)
  var baseline: String?

  @Flag(name: .long, help: "Keep the report in the store, as part of a snapshot.")
  var save = false

  @Option(name: .long, help: "The saved snapshot's name.")
  var label: String?

  @OptionGroup var leakOptions: LeakOptions
  @OptionGroup var options: CommonOptions

  func validate() throws {
    guard (0...100).contains(confirm) else {
      throw ValidationError("--confirm takes a number from 0 to 100.")
    }
    guard minAge >= 0, minAge <= 86400 else {
      throw ValidationError("--min-age takes seconds, at most a day.")
    }
    try Self.validate(label: label)
  }

  func run() throws {
    let gate = try KmemleakAccess()
    if minAge < ScanProtocol.usualAge {
      options.remark("kmemcheck: \(KmemleakCommandWords.minimumAge)")
    }
    let since = GrowthBaseline(baseline: baseline, boot: gate.boot, options: options)
    let reading = LeakReportLoader(
      input: LeakInput(reference: "now", root: nil, options: options), baseline: baseline,
      wanted: nil, rules: try leakOptions.rules(), frameRules: try leakOptions.frameRules(),
      sources: leakOptions.sourceLines,
      notesModules: true)
    var report = try LeakScan(
      gate: gate, reading: reading, minimumAge: minAge, confirmations: confirm,
      isQuiet: options.quiet
    ).report()
    if let since {
      report = report.compared(with: try since.growth(), since: since.snapshot.host.upTime)
    }
    report = SourceLines(options: leakOptions.sourceLines).resolve(report)
    if save || label != nil { try keep(report) }
    try leakOptions.answer(report, options)
  }

  /// Keeps a capture of the moment, with kmemleak's text and what is known of the scans.
  private func keep(_ report: LeakReport) throws(Failure) {
    do {
      var capture = try LiveKernel().capture(
        CaptureOptions(tool: Version.current, label: label))
      capture.sources[ScanFacts.path] = report.scan?.reading()
      let path = try Store.current.add(capture)
      options.remark("kmemcheck: \(StoreRemark.saved(path: path).sentence)")
    } catch {
      throw Failure(error)
    }
  }
}
