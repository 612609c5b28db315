import Foundation
import Testing

/// A command line of kmemcheck's that a page of the documentation shows.
struct ShownCommand: CustomTestStringConvertible, Sendable {
  /// The page's name below the repository.
  let page: String
  let line: String
  /// The words behind the program's name.
  let words: [String]
  /// What is before it in a pipe.
  let source: String?
  /// The answer that the page shows below it.
  let answer: String?

  var testDescription: String { "\(page): \(line)" }

  /// The answer without what the page leaves out by a line of three dots.
  var answerParts: [String] {
    (answer ?? "").split(separator: "\n", omittingEmptySubsequences: false)
      .split { $0 == "…" }.map { $0.joined(separator: "\n") }.filter { !$0.isEmpty }
  }

  /// Those of all pages, in their order.
  static let all: [ShownCommand] = pages.flatMap { page in
    let text = (try? String(contentsOfFile: "\(repository)/\(page)", encoding: .utf8)) ?? ""
    return blocks(text).flatMap { commands($0, page: page) }
  }

  static let repository = Manual.repository.path

  private static var pages: [String] {
    let docs = (try? FileManager.default.contentsOfDirectory(atPath: "\(repository)/docs")) ?? []
    return ["README.md"] + docs.filter { $0.hasSuffix(".md") }.sorted().map { "docs/\($0)" }
  }

  /// The fenced blocks that show commands: of sh, or with a prompt.
  private static func blocks(_ text: String) -> [[Substring]] {
    var blocks: [[Substring]] = []
    var block: [Substring]?
    var isShell = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        if let whole = block, isShell || whole.first?.hasPrefix("$ ") == true {
          blocks.append(isShell ? whole.map { "$ " + $0 } : whole)
        }
        block = block == nil ? [] : nil
        isShell = line == "```sh"
      } else {
        block?.append(line)
      }
    }
    return blocks
  }

  /// The commands of a block; a single one is answered by the rest of it.
  private static func commands(_ block: [Substring], page: String) -> [ShownCommand] {
    let typed = block.filter { $0.hasPrefix("$ ") }
    let answer = block.dropFirst().joined(separator: "\n")
    return typed.flatMap { line in
      ShellLine(line.dropFirst(2)).commands.compactMap { command in
        var words = command.words
        if words.first == "sudo" { words.removeFirst() }
        guard let name = words.first, name == "kmemcheck" || name.hasSuffix("/kmemcheck") else {
          return nil
        }
        return ShownCommand(
          page: page, line: String(line.dropFirst(2)), words: Array(words.dropFirst()),
          source: command.source,
          answer: typed.count == 1 && !answer.isEmpty ? answer + "\n" : nil)
      }
    }
  }
}

/// A line of shell, as far as pages show such: words with quotes, pipes, lists, redirections.
struct ShellLine {
  struct Command {
    var words: [String] = []
    /// What is before it in a pipe.
    var source: String?
  }

  private(set) var commands: [Command] = []

  init(_ text: some StringProtocol) {
    var current = Command()
    var word: String?
    var quote: Character?
    var isTarget = false
    func end() {
      if let word, !isTarget { current.words.append(word) }
      if word != nil { isTarget = false }
      word = nil
    }
    for character in text {
      if let open = quote {
        if character == open { quote = nil } else { word = (word ?? "") + String(character) }
        continue
      }
      switch character {
      case "'", "\"":
        quote = character
        word = word ?? ""
      case " ": end()
      case "#" where word == nil:
        commands.append(current)
        return
      case "|", ";", "&":
        end()
        commands.append(current)
        let before = current.words.joined(separator: " ")
        current = Command(source: character == "|" ? before : nil)
      case ">", "<":
        end()
        isTarget = true
      default: word = (word ?? "") + String(character)
      }
    }
    end()
    commands.append(current)
  }
}
