import ArgumentParser
import KmemAnalysis
import KmemReport
import KmemSnapshot

/// `kmemcheck show`: the health of one moment.
struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show the health of one moment: who holds memory, and what is wrong first.",
    discussion: """
      kmemcheck show                         this machine, now
      kmemcheck show @last                   the last snapshot taken
      kmemcheck show sosreport-db1.tar.xz    another machine's files
      kmemcheck show hourly.log@2            the second moment of a text that holds several

      One moment can't show a leak: compare two with kmemcheck diff.
      What is known and accepted on a machine is counted and not judged: --accept, or
      lines "ID[=VALUE]  # why" in /etc/kmemcheck/accept and ~/.config/kmemcheck/accept.
      """)

  @Argument(help: "A path, '-', 'now', '@last', '@2', 'LOG@2', a label, or '2h ago'.")
  var snapshot = "now"

  @Option(name: .long, help: "Read this tree or archive instead of the live machine.")
  var root: String?

  @Option(
    name: .long, help: "End with status 1 at findings of this severity: note, warning, critical.")
  var failOn: Finding.Severity?

  @OptionGroup var acceptOptions: AcceptOptions
  @OptionGroup var options: CommonOptions

  func run() throws {
    let input = SnapshotInput(root: root, options: options)
    let acceptances = try acceptOptions.acceptances()
    let health = Health(MemoryModel(try input.snapshot(snapshot)), accepting: acceptances)
    let status = health.exitStatus(failingOn: failOn)
    let answer = Answer(status, json: ShowJSON.document(health)) { style in
      ShowText(health, style: style, isVerbose: options.verbose).text
    }
    try Output.answer(answer, options)
  }
}
