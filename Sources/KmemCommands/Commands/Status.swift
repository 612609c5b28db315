import KmemParsers
import ArgumentParser
import KmemAnalysis
import KmemReport
import KmemSnapshot
import KmemSources

/// `kmemcheck status`: what this kernel can tell.
struct Status: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Tell what this kernel can say about its memory, and how to make it say more.",
    discussion: """
      kmemcheck status                       this kernel, kmemleak first
      kmemcheck status --config .config      a kernel that isn't built yet
      kmemcheck status --root /mnt/sos       another machine's files

      Only the configuration of the running release counts; without one, the answer
      is unknown. One that --config names is of the release at its top: menus, names
      and parameters are that release's.
      Exit status: 0 done, 2 nothing is known of kmemleak.
      """)

  @Option(
    name: .long, help: "Take this kernel configuration (.config, config.gz).", completion: .file())
  var config: String?

  @Option(
    name: .long, help: "Read this tree or archive instead of the live machine.", completion: .file()
  )
  var root: String?

  @OptionGroup var briefOptions: BriefOptions
  @OptionGroup var options: CommonOptions

  func run() throws {
    let status = KernelStatus(try facts())
    let answer = Answer(status.exitStatus, json: StatusJSON.document(status)) { style in
      StatusText(status, style: style, isVerbose: options.verbose).text
    }
    try Output.answer(answer, options, brief: briefOptions)
  }

  private func facts() throws -> KernelFacts {
    let input = SnapshotInput(root: root, options: options)
    guard let path = config else { return try liveFacts(input) }
    let config = try ConfigurationFile(path: path).config
    guard let root else { return KernelFacts(of: config, path: path) }
    let capture = try input.capture(root)
    var facts = KernelFacts(capture, Snapshot(capture))
    facts.config = .found(config, origin: path)
    return facts
  }

  private func liveFacts(_ input: SnapshotInput) throws -> KernelFacts {
    let capture = try input.capture("now")
    var facts = KernelFacts(capture, Snapshot(capture))
    guard capture.kind == .live else { return facts }
    facts.addLive()
    return facts
  }
}
