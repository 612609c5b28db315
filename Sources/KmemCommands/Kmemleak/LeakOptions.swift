import ArgumentParser
import KmemAnalysis
import KmemSnapshot
import KmemReport

/// The options of all commands that show a kmemleak report.
struct LeakOptions: ParsableArguments {
  @Option(name: .long, help: "Leave out what this file suppresses; may be given more than once.")
  var suppressions: [String] = []

  @Flag(name: .long, help: "Don't read /etc/kmemcheck/suppressions and the user's own.")
  var noDefaultSuppressions = false

  @Flag(name: .long, help: "Print a suppression for each group; the reason is yours to write.")
  var genSuppressions = false

  @Option(name: .long, help: "Write the groups as JUnit XML to this file.")
  var junit: String?

  @OptionGroup var sourceLines: SourceLineOptions

  /// The suppressions that apply.
  func rules() throws(Failure) -> [Suppression] {
    try SuppressionFiles(named: suppressions, usesDefaults: !noDefaultSuppressions).rules()
  }

  /// Writes the answer, and the JUnit file where one is wanted.
  func answer(_ report: LeakReport, _ options: CommonOptions) throws(Failure) {
    if let junit { try Output.write(LeaksJUnit.document(report), to: junit) }
    try Output.answer(
      options.json
        ? LeaksJSON.document(report).text
        : LeaksText(
          report, style: options.style, isVerbose: options.verbose,
          offersSuppressions: genSuppressions
        ).text)
  }
}

extension LeakReport {
  /// What the report comes to.
  var exitStatus: ExitStatus {
    if scan?.isInterrupted == true { return .interrupted }
    if judgement.isFinding { return .findings }
    return judgement.isDecided ? .done : .undecided
  }
}
