import ArgumentParser
import KmemReport
import KmemSnapshot
import KmemSources

/// `kmemcheck redact`: a capture or sosreport that exists, without what is somebody's.
struct Redact: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "redact",
    abstract: "Replace names, addresses and contents in a snapshot that is to be given away.",
    discussion: """
      kmemcheck redact sosreport-db1.tar.xz -o given.tar.zst
      kmemcheck redact before -o b.tar.zst --redact-key key
      kmemcheck redact after -o a.tar.zst --redact-key key    and diff b with a

      Hosts, users, comms, command lines, control groups, paths and addresses become
      other words, the same for the same name. Kernel symbols, slab caches, modules
      and numbers stay. What isn't known is left out. A file that exists isn't replaced.
      """)

  @Argument(
    help: "A path, '-', '@last', 'LOG@2', a label, or '2h ago'.", completion: .snapshot)
  var snapshot: String

  @Option(
    name: .shortAndLong,
    help: "Write to this file, which must not exist ('-' for standard output).", completion: .file()
  )
  var output: String

  @OptionGroup var redaction: RedactionOptions
  @OptionGroup var options: CommonOptions

  func run() throws {
    var redaction = try redaction.redaction()
    do {
      if output != "-" { try CaptureWriter.refuseExisting(output) }
      let input = SnapshotInput(root: nil, options: options)
      var capture = try input.capture(snapshot, keepsTexts: true)
      if capture.manifest == nil { capture.manifest = Manifest(of: capture, tool: Version.current) }
      capture = redaction.redacted(capture)
      guard output != "-" else { return try CaptureWriter(capture).writeToStandardOutput() }
      try CaptureWriter(capture).write(toNew: output)
      let summary = RedactSummary(capture, path: output)
      let answer = Answer(json: summary.json) { _ in summary.text(isQuiet: options.quiet) }
      try Output.answer(answer, options)
    } catch {
      throw Failure(error)
    }
  }
}

extension Manifest {
  /// The manifest of a tree or archive that has none, by what its files tell of the moment.
  fileprivate init(of capture: Capture, tool: String) {
    let host = Snapshot(capture).host
    let time = Timestamp(wall: host.wallTime ?? 0, boot: host.upTime)
    self.init(tool: tool, start: time, end: time)
    hostname = host.hostname
    machineID = host.machineID
    bootID = host.bootID
    kernelRelease = host.release
  }
}
