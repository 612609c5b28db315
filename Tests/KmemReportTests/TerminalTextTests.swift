import Foundation
import Testing

@testable import KmemReport
@testable import KmemSnapshot

@Suite struct TerminalTextTests {
  @Test(arguments: [
    ("\u{1B}[31mred", "\\x{1b}[31mred"), ("a\nb", "a\\x{a}b"), ("\u{9B}2J", "\\x{9b}2J"),
    ("\u{202E}abc", "\\x{202e}abc"), ("tab\t", "tab\\x{9}"), ("\u{7F}", "\\x{7f}"),
    ("\u{2028}", "\\x{2028}"), ("kmalloc-1k", "kmalloc-1k"), ("naïve 名前", "naïve 名前"),
  ]) func `control characters are shown, never sent`(text: String, safe: String) {
    #expect(TerminalText.safe(text) == safe)
  }

  @Test(arguments: [
    ("abc", 3), ("名前", 4), ("e\u{301}", 1), ("한글", 4), ("…", 1), ("█", 1), ("😀", 2), ("", 0),
    ("\u{200B}a", 1),
  ]) func `wide characters take two columns and marks none`(text: String, width: Int) {
    #expect(TerminalText.width(text) == width)
  }

  @Test(arguments: [
    ("a_long_name_of_a_cache", 11), ("名前名前名前名前", 7), ("名前名前名前名前", 8), ("short", 3),
    ("e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}", 5),
  ]) func `a fitted text takes no more columns than it may`(text: String, columns: Int) {
    #expect(TerminalText.width(TerminalText.fitted(text, columns)) <= columns)
    #expect(!TerminalText.fitted(text, columns).isEmpty)
  }

  @Test func `a text that fits stays as it is`() {
    #expect(TerminalText.fitted("kmalloc-1k", 10) == "kmalloc-1k")
  }

  @Test func `a name is cut in its middle, so that both ends tell it apart`() {
    #expect(TerminalText.fitted("abcdefghijkl", 7) == "abc…jkl")
  }

  @Test(arguments: [20, 40, 79]) func `wrapped lines are no longer than they may be`(columns: Int) {
    let text = "The kernel gives it back when programs need it: 12 MiB of cache. No leak."
    let lines = TerminalText.wrapped(text, columns)
    #expect(lines.allSatisfy { TerminalText.width($0) <= columns })
    #expect(lines.joined(separator: " ") == text)
  }

  @Test
  func `hostile characters reach neither JSON nor XML raw, and a reader of JSON gets them back`()
    throws
  {
    let name = "\u{1B}\u{7F}\u{9B}\u{202E}\u{200B}\u{61C}\u{FEFF}\u{E0041}\u{E0100}\u{180B}ü…"
    let text = JSONValue.object(["name": .string(name)]).text
    #expect(!text.unicodeScalars.contains { $0.isHostile && $0 != "\n" })
    #expect(text.contains("ü…"))
    let back = try JSONDecoder().decode([String: String].self, from: Data(text.utf8))
    #expect(back == ["name": name])
    #expect(!JUnit.escaped(name).unicodeScalars.contains { $0.isHostile })
    #expect(JUnit.escaped(name).hasSuffix("ü…"))
  }
}
