import ArgumentParser
import Foundation
import KmemTestSupport
import Testing

@testable import KmemCommands

/// What the README and the pages in `docs` tell a reader to type, and the answers they show.
@Suite struct ShownCommandsTests {
  /// Verbs whose answer is the file's that is named; the others change the machine, or take long.
  private static let reading: Set = [
    "show", "diff", "leaks", "report", "redact", "list", "status", "snap", "top", "export",
    "metrics",
  ]

  private static let runnable = ShownCommand.all.filter { command in
    guard let verb = command.words.first else { return false }
    let names = command.words
    // Object files of another build are refused, and that is right.
    if names.contains("--vmlinux") { return false }
    return reading.contains(verb) || names.contains("--replay")
      || verb == "trace" && names.contains { $0.hasSuffix(".trace") }
      || verb == "fleet" && !names.contains("--prometheus")
  }

  @Test(arguments: ShownCommand.all) func `every command is one that kmemcheck understands`(
    command: ShownCommand
  ) throws {
    // Object files are looked for while the words are read.
    let objects = ["vmlinux": Fixture.path("objects/vmlinux"), "modules/": Fixture.path("objects")]
    let words = TopArguments.translated(command.words.map { objects[$0] ?? $0 })
    guard words != ["--version"], !words.contains("--help") else { return }
    do {
      _ = try KmemcheckCommand.parseAsRoot(words)
    } catch {
      Issue.record("\(command.testDescription): \(KmemcheckCommand.message(for: error))")
    }
  }

  @Test(.enabled(if: Program.canDropPrivileges, "needs a user without privileges"))
  func `commands that read files, and those that only look, do what the page says`() throws {
    let files = try ShownFiles()
    for command in Self.runnable {
      let result = try run(command, files)
      let expected: Set<Int32> = command.words.contains("--nagios") ? [0, 1, 2, 3] : [0, 1, 2]
      // Without a file, this machine may lack kmemleak, a history, or page_owner.
      let isLive =
        [["leaks"], ["export"], ["show", "--folded", "page_owner"]].contains(command.words)
      #expect(
        expected.contains(result.status) || isLive && [66, 69, 77].contains(result.status),
        "\(command.testDescription): \(result.status) \(result.errors)")
    }
    #expect(Self.runnable.count > 25, "of \(ShownCommand.all.count), which are all parsed")
  }

  @Test(.enabled(if: Program.canDropPrivileges, "needs a user without privileges"))
  func `answers that are shown for files are what the program answers`() throws {
    let files = try ShownFiles()
    let answered = Self.runnable.filter { $0.answer != nil && !$0.words.contains("now") }
    #expect(answered.count >= 3)
    for command in answered {
      let result = try run(command, files)
      for part in command.answerParts {
        #expect(
          Self.words(result.output).firstRange(of: Self.words(part)) != nil,
          "\(command.testDescription) doesn't answer: \(part)")
      }
    }
  }

  /// Pages are narrower than answers that go to a file: only the words have to be the same.
  private static func words(_ text: String) -> [Substring] {
    text.split(whereSeparator: \.isWhitespace)
  }

  private func run(_ command: ShownCommand, _ files: ShownFiles) throws -> Program.Result {
    let words = command.words.map {
      $0 == "/var/lib/kmemcheck/watch.sqlite" ? "watch.sqlite" : $0
    }
    return try files.program.run(arguments: words, input: files.input(of: command.source))
  }
}
