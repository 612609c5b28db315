import ArgumentParser
import KmemAnalysis
import KmemReport
import KmemSnapshot
import KmemSources

/// `kmemcheck snap`: one capture of the kernel's memory files.
struct Snap: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "snap",
    abstract: "Take a snapshot of the kernel's memory.",
    discussion: """
      kmemcheck snap                         into the store, to be compared later
      kmemcheck snap --label before          the same, under a name
      kmemcheck snap -o host.tar.zst         into a file, to be sent elsewhere

      Reads, changes nothing. As root it reads more; what was denied is said.
      The file is readable by its owner only: it holds kernel addresses and contents
      of kernel objects.
      """)

  @Option(
    name: .shortAndLong, help: "Write to this file ('-' for standard output).", completion: .file())
  var output: String?

  @Option(name: .long, help: "A name to find it by: kmemcheck diff NAME now.")
  var label: String?

  @Flag(name: .long, help: "Replace names, command lines, addresses and contents: see redact.")
  var redact = false

  @Flag(name: .long, help: "Also read what costs the machine something, such as pagetypeinfo.")
  var costly = false

  @Flag(name: .long, help: "Leave processes out.")
  var noProcesses = false

  @OptionGroup var redaction: RedactionOptions
  @OptionGroup var options: CommonOptions

  func validate() throws {
    try Self.validate(label: label)
    if redaction.redactKey != nil, !redact {
      throw ValidationError("--redact-key has a meaning with --redact only")
    }
  }

  func run() throws {
    let (capture, path) = try taken()
    try report(capture, path: path)
  }

  /// Takes the capture and writes it to its place.
  private func taken() throws(Failure) -> (Capture, path: String) {
    let wanted = CaptureOptions(
      tool: Version.current, label: label, readsCostly: costly,
      processes: noProcesses ? nil : ProcessBudget())
    var redaction = try redact ? redaction.redaction() : nil
    do {
      var capture = try LiveKernel().capture(wanted).withModuleNames()
      if let redacted = redaction?.redacted(capture) {
        capture = redacted
        // It was given beside --redact, and the capture is to be found by it.
        capture.manifest?.label = label
      }
      return (capture, try write(capture))
    } catch {
      throw Failure(error)
    }
  }

  private func write(_ capture: Capture) throws -> String {
    let writer = try CaptureWriter(capture)
    switch output {
    case "-": try writer.writeToStandardOutput()
    case let path?: try writer.write(to: path)
    case nil: return try Store.current.add(capture)
    }
    return output ?? ""
  }

  private func report(_ capture: Capture, path: String) throws {
    guard output != "-" else { return }
    let summary = SnapSummary(capture, path: path)
    let answer = Answer(json: summary.json) { _ in summary.text(isQuiet: options.quiet) }
    try Output.answer(answer, options)
    guard !options.json else { return }
    let name = label ?? (output == nil ? "@last" : path)
    options.remark(StoreRemark.next(name: name).sentence)
  }
}
