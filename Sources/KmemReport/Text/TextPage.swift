import KmemAnalysis

/// The lines of an answer, put together from headings, tables and sentences.
package struct TextPage {
  /// How the page is set: colours and width.
  package let style: Style
  /// The lines so far, ready for the terminal.
  package private(set) var lines: [String] = []

  /// Begins an empty page.
  package init(_ style: Style) { self.style = style }

  /// Adds a heading with an empty line before it.
  mutating func heading(_ title: String, note: String = "") {
    if !lines.isEmpty { lines.append("") }
    let title = style.paint(title, .heading)
    lines.append(note.isEmpty ? title : "\(title)  \(style.paint(TerminalText.safe(note), .faint))")
  }

  mutating func add(_ table: Table) {
    guard !table.isEmpty else { return }
    lines += table.lines(style)
  }

  /// Adds a sentence, broken at the terminal's width and indented, its later lines further by
  /// `hanging`.
  mutating func sentence(
    _ text: String, _ tone: Style.Tone = .none, indent: Int = 2, hanging: Int = 0
  ) {
    let columns = style.width.map { $0 - indent - hanging }
    for (index, line) in TerminalText.wrapped(TerminalText.safe(text), columns).enumerated() {
      let blanks = String(repeating: " ", count: index == 0 ? indent : indent + hanging)
      lines.append(blanks + style.paint(line, tone))
    }
  }

  /// Adds a line that the user may copy: it's neither broken nor indented.
  mutating func line(_ text: String) { lines.append(TerminalText.safe(text)) }

  mutating func blank() { lines.append("") }

  /// The whole page with a newline at its end.
  package var text: String { lines.joined(separator: "\n") + "\n" }
}

/// An answer that is written to a page, line by line.
package protocol TextReport {
  /// The page that the answer is written to.
  var page: TextPage { get set }
  /// Writes the whole answer to the page.
  mutating func write()
}

extension TextReport {
  /// The answer as text.
  package var text: String {
    var report = self
    report.write()
    return report.page.text
  }
}
