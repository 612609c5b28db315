import Testing

@testable import KmemReport

@Suite struct TableTests {
  private func table(_ names: String...) -> Table {
    var table = Table([.number("held"), .text("cache", shrinks: true), .prose("")])
    for name in names {
      table.add("12 MiB", Table.Cell(name), "what its objects are, in a few words of prose")
    }
    return table
  }

  @Test func `numbers are set to the right and text to the left`() {
    var table = Table([.number(""), .text("")])
    table.add("1 B", "a")
    table.add("100 B", "b")
    #expect(table.lines(.plain) == ["    1 B  a", "  100 B  b"])
  }

  @Test func `titles stand above their columns`() {
    var table = Table([.number("n"), .text("name")])
    table.add("100", "b")
    #expect(table.lines(.plain) == ["    n  name", "  100  b"])
  }

  @Test func `wide characters keep the columns aligned`() {
    var table = Table([.text(""), .text("")])
    table.add("名前", "x")
    table.add("abcd", "y")
    #expect(table.lines(.plain) == ["  名前  x", "  abcd  y"])
  }

  @Test(arguments: [60, 80, 100])
  func `no line is wider than the terminal`(width: Int) {
    let table = table(
      "kmalloc-1k", "名前名前名前名前名前名前名前名前名前名前名前名前名前名前名前名前",
      String(repeating: "a_very_long_name_", count: 8))
    for line in table.lines(Style(isColored: false, width: width)) {
      #expect(TerminalText.width(line) <= width, "\(line)")
    }
  }

  @Test func `no line ends in blanks, not even with empty cells at its end`() {
    var table = Table([.text("a"), .text("b"), .number("c")])
    table.add("x", "", "")
    table.add("", "y", "")
    #expect(table.lines(.plain).allSatisfy { $0.last != " " })
  }

  @Test func `a cell's escape sequences are shown, and colours are the style's own`() {
    var table = Table([.text("")])
    table.add(Table.Cell("\u{1B}]0;owned\u{7}", .bad))
    #expect(table.lines(.plain) == ["  \\x{1b}]0;owned\\x{7}"])
    #expect(
      table.lines(Style(isColored: true, width: nil)) == [
        "  \u{1B}[31m\\x{1b}]0;owned\\x{7}\u{1B}[0m"
      ])
  }
}
