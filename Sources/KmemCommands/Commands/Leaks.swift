import ArgumentParser
import KmemAnalysis
import KmemReport
import KmemSnapshot
import KmemSources

/// `kmemcheck leaks`: what a kmemleak report says.
struct Leaks: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Read a kmemleak report: objects grouped by who allocated them.",
    discussion: """
      kmemcheck leaks                        this machine's report, as root
      kmemcheck leaks dmesg.txt              a log, a mail, a decoded report
      kmemcheck leaks after --baseline before
      ssh host cat /sys/kernel/debug/kmemleak | kmemcheck leaks -

      It reads what earlier scans found and scans nothing itself: an empty
      report proves nothing.
      Exit status: 0 no object is listed, 1 objects are listed, 65 no kmemleak
      report, 66 no such input, 69 the kernel has no kmemleak, 77 needs privilege.
      """)

  @Argument(help: "'now', a file, '-', a snapshot's path, '@last', '@2', a label, or '2h ago'.")
  var input = "now"

  @Option(name: .long, help: "Read this tree or archive instead of the live machine.")
  var root: String?

  @Option(name: .long, help: "Tell new from known objects by this earlier report or snapshot.")
  var baseline: String?

  @Option(name: .long, help: "Leave out what this file suppresses; may be given more than once.")
  var suppressions: [String] = []

  @Flag(name: .long, help: "Don't read /etc/kmemcheck/suppressions and the user's own.")
  var noDefaultSuppressions = false

  @Flag(name: .long, help: "Print a suppression for each group; the reason is yours to write.")
  var genSuppressions = false

  @Option(name: .long, help: "Show the one object at this address, with its contents and stack.")
  var object: String?

  @Option(name: .long, help: "Write the groups as JUnit XML to this file.")
  var junit: String?

  @OptionGroup var sourceLines: SourceLineOptions

  @OptionGroup var options: CommonOptions

  func run() throws {
    let reading = LeakReading(
      input: LeakInput(reference: input, root: root, options: options),
      baseline: baseline, wanted: try address(),
      rules: try SuppressionFiles(
        named: suppressions, usesDefaults: !noDefaultSuppressions
      ).rules(),
      sources: sourceLines)
    let report = SourceLines(options: sourceLines).resolve(try reading.report())
    if let junit { try Output.write(LeaksJUnit.document(report), to: junit) }
    try Output.answer(try answer(report))
    if report.objects > 0 { throw ExitCode(ExitStatus.findings.rawValue) }
  }

  private func answer(_ report: LeakReport) throws(Failure) -> String {
    if options.json { return LeaksJSON.document(report).text }
    guard let object else {
      return LeaksText(
        report, style: options.style, isVerbose: options.verbose,
        offersSuppressions: genSuppressions
      ).text
    }
    guard let found = report.object else {
      throw Failure(
        status: .noSuchInput, message: "no object of the report holds the address \(object)")
    }
    return LeakObjectText(found, clock: report.clock, style: options.style).text
  }

  private func address() throws(Failure) -> UInt64? {
    guard let object else { return nil }
    let digits = object.hasPrefix("0x") ? object.dropFirst(2) : Substring(object)
    guard let address = UInt64(digits, radix: 16) else {
      throw Failure(
        status: .usage, message: "\(object) is no address; write it as 0xffff888100a3c0c0")
    }
    return address
  }
}
