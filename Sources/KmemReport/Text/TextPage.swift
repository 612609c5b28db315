import KmemAnalysis

/// The parts of an answer, put together from headings, tables and sentences.
package struct TextPage {
  /// How the page is set: colours and width.
  package let style: Style
  /// The parts so far, in their order.
  package private(set) var blocks: [PageBlock] = []

  /// Begins an empty page.
  package init(_ style: Style) { self.style = style }

  /// Adds a heading with an empty line before it.
  mutating func heading(_ title: String, note: String = "") {
    if !blocks.isEmpty { blank() }
    blocks.append(.heading(title, note: note))
  }

  mutating func add(_ table: Table) {
    guard !table.isEmpty else { return }
    blocks.append(.table(table))
  }

  /// Adds a picture; it's made only where the output shows pictures.
  mutating func figure(_ figure: @autoclosure () -> Figure?) {
    guard style.drawsFigures, let figure = figure() else { return }
    blocks.append(.figure(figure))
  }

  /// Adds a sentence, broken at the terminal's width and indented, its later lines further by
  /// `hanging`.
  mutating func sentence(
    _ text: String, _ tone: Style.Tone = .none, indent: Int = 2, hanging: Int = 0
  ) {
    blocks.append(.sentence(text, tone, indent: indent, hanging: hanging))
  }

  /// Adds what the whole answer comes to, with an empty line before it.
  mutating func verdict(_ sentence: String, _ tone: Style.Tone) {
    blank()
    blocks.append(.verdict(sentence, tone))
  }

  /// Adds a line that the user may copy: it's neither broken nor indented.
  mutating func line(_ text: String) { blocks.append(.line(text)) }

  mutating func blank() { blocks.append(.blank) }

  /// The whole page with a newline at its end.
  package var text: String { blocks.flatMap { $0.lines(style) }.joined(separator: "\n") + "\n" }
}

/// An answer that is written to a page, part by part.
package protocol TextReport {
  /// The page that the answer is written to.
  var page: TextPage { get set }
  /// Writes the whole answer to the page.
  mutating func write()
}

extension TextReport {
  /// The answer as text.
  package var text: String { written.text }

  /// The page with the answer on it.
  package var written: TextPage {
    var report = self
    report.write()
    return report.page
  }
}
