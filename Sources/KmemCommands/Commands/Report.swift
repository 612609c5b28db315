import ArgumentParser
import KmemReport
import KmemSources

/// `kmemcheck report`: one HTML file to look at and to send.
struct Report: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write one HTML file with verdicts and pictures, to look at or to send.",
    discussion: """
      kmemcheck report -o now.html                     this machine, now
      kmemcheck report sosreport-db1.tar.xz -o db1.html
      kmemcheck report before after -o growth.html     what grew, and who holds what
      kmemcheck report watch.sqlite -o week.html       a history, with its trends
      kmemcheck report dmesg.txt -o oom.html           when memory ran out, and leaks
      kmemcheck report leak.trace -o who.html          what trace -o kept
      dmesg | kmemcheck report - -o log.html           what is piped in

      The file loads nothing and runs no script. Its words are those of show, diff,
      watch, top and leaks, which have all of its numbers as --json. It names the
      machine, its processes and modules: kmemcheck redact hides them in a capture
      before it is drawn.
      Exit status: that of the verb whose answer it is, of several the worst:
      0 done or nothing found, 1 something grows or is lost, 2 undecided.
      """)

  @Argument(
    help: "A snapshot, two, a history, a kernel log, or captures of many moments; else now.",
    completion: .snapshot)
  var inputs: [String] = []

  @Flag(name: .long, help: "This machine, now: what is meant without inputs.")
  var live = false

  @Option(
    name: .shortAndLong, help: "The file to write; '-' is standard output.", completion: .file())
  var output: String

  @Option(
    name: .long, help: "Read this tree or archive instead of the live machine.", completion: .file()
  )
  var root: String?

  @OptionGroup var sourceLines: SourceLineOptions
  @OptionGroup var options: CommonOptions

  func validate() throws {
    if options.json {
      throw ValidationError("report writes HTML; show, diff, watch, top and leaks have --json.")
    }
    if live, !inputs.isEmpty || root != nil {
      throw ValidationError("--live is this machine; it goes with no input and no --root.")
    }
  }

  func run() throws {
    let answers = ReportAnswers(
      inputs: inputs, root: root, sources: sourceLines, options: options, held: try held())
    let all = try answers.all()
    let document = HTMLReport(
      title: "kmemcheck report: \(answers.name)",
      maker: "Made by kmemcheck \(Version.current).", parts: all.map(\.part))
    if output == "-" {
      try Output.answer(document.text)
    } else {
      try Output.write(document.text, to: output)
    }
    try all.map(\.status).reduce(ExitStatus.done) { $0.joined(with: $1) }.end()
  }

  private func held() throws(Failure) -> HeldInput? {
    guard inputs.contains("-") else { return nil }
    do {
      return try HeldInput()
    } catch {
      throw Failure(error)
    }
  }
}
