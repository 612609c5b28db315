import ArgumentParser
import KmemAnalysis
import KmemControl
import KmemReport
import KmemSources

/// `kmemcheck kmemleak`: one command to the kernel's leak detector.
struct Kmemleak: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kmemleak",
    abstract: "Give kmemleak one of its own commands, safely.",
    discussion: """
      kmemcheck kmemleak scan=off            stop the automatic scanner
      kmemcheck kmemleak scan=600            let it scan every 600 s
      kmemcheck kmemleak stack=off           task stacks no longer hide leaks
      kmemcheck kmemleak dump 0xffff888100a3c0c0

      Commands: scan=on, scan=off, scan=SECONDS, stack=on, stack=off, dump ADDRESS,
      clear, off. The kernel takes any text that begins like a command, and anything
      that begins with off for off; this takes exact ones only. To scan: kmemcheck scan.
      """)

  @Argument(
    help: "The command, and for dump an address.",
    completion: .list(KmemleakCommand.plain.map(\.text) + ["dump"]))
  var command: [String]

  @Flag(name: .long, help: "Do what can't be undone in this boot: clear, off.")
  var yes = false

  @OptionGroup var options: CommonOptions

  func run() throws {
    let wanted = try parsed()
    let gate = try KmemleakAccess()
    if wanted.isDestructive, !yes { throw wanted.refusal }
    let log = LiveLog.memory()
    if let error = KmemleakCommandRun(wanted, boot: gate.boot).result() {
      throw KmemleakCommandRun.failure(wanted, error)
    }
    if case .dump(let address) = wanted { return try showDump(address, after: log) }
    options.remark("kmemcheck: \(wanted.effect)")
  }

  private func parsed() throws(Failure) -> KmemleakCommand {
    let words = command.first == "dump" ? ["dump=" + command.dropFirst().joined()] : command
    let text = words.joined(separator: " ")
    if words.count == 1, let command = KmemleakCommand(text) { return command }
    let refusal: KmemleakRefusal = text == "scan" ? .scanIsVerb : .unknownCommand(text)
    throw Failure(status: .usage, refusal)
  }

  /// Shows the answer to `dump`, which kmemleak prints to the kernel log.
  private func showDump(_ address: UInt64, after log: [String]) throws {
    let lines = LiveLog.kmemleakDump(after: log)
    guard !lines.isEmpty else {
      throw Failure(status: .unavailable, KmemleakRefusal.noAnswerInLog)
    }
    try Output.answer(lines.map { $0 + "\n" }.joined())
  }
}
