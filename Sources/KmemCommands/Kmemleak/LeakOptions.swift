import ArgumentParser
import KmemAnalysis
import KmemSnapshot
import KmemReport

/// The options of all commands that show a kmemleak report.
struct LeakOptions: ParsableArguments {
  @Option(
    name: .long, help: "Leave out what this file suppresses; may be given more than once.",
    completion: .file())
  var suppressions: [String] = []

  @Flag(name: .long, help: "Don't read /etc/kmemcheck/suppressions and the user's own.")
  var noDefaultSuppressions = false

  @Flag(name: .long, help: "Print a suppression for each group; the reason is yours to write.")
  var genSuppressions = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Never blame this function, an allocator of your own: 'nvkms_alloc*'; repeatable.",
      valueName: "function"))
  var skipFrame: [String] = []

  @Option(name: .long, help: "Write the groups as JUnit XML to this file.", completion: .file())
  var junit: String?

  @OptionGroup var sourceLines: SourceLineOptions

  /// The suppressions that apply.
  func rules() throws(Failure) -> [Suppression] {
    try SuppressionFiles(named: suppressions, usesDefaults: !noDefaultSuppressions).rules()
  }

  /// The frames that are never to blame: by the files `skip-frames` in the configuration
  /// directories, and by options.
  ///
  /// - Throws: `Failure` if a file can't be read, or a line of it is no rule.
  func frameRules() throws(Failure) -> FrameRules { try FrameRuleOptions.rules(skipFrame) }

  /// Refuses a rule that is none, before anything is read.
  func validate() throws {
    for text in skipFrame {
      do {
        _ = try FrameRule(text, place: "--skip-frame")
      } catch {
        throw ValidationError(error.sentence)
      }
    }
  }

  /// Writes the answer, and the JUnit file where one is wanted, and ends the command.
  ///
  /// - Throws: `Failure` if one can't be written, `ExitCode` as the report's status says.
  func answer(_ report: LeakReport, _ options: CommonOptions) throws {
    if let junit { try Output.write(LeaksJUnit.document(report), to: junit) }
    let answer = Answer(report.exitStatus, json: LeaksJSON.document(report)) { style in
      LeaksText(
        report, style: style, isVerbose: options.verbose, offersSuppressions: genSuppressions
      ).text
    }
    try Output.answer(answer, options)
  }
}
