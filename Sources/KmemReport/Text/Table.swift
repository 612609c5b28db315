/// Rows of cells in aligned columns.
package struct Table {
  /// How a column is set.
  package struct Column {
    /// The title above the column; empty for none.
    package let title: String
    /// Whether cells are set to the right.
    package let isNumber: Bool
    /// Whether and how the column gives way when the terminal is too narrow.
    package let shrinking: Shrinking
    /// Whether the column has bars of characters, which outputs with figures leave out.
    package var isPicture = false

    /// How a column gives way on a narrow terminal.
    package enum Shrinking: Sendable {
      case never
      /// Cut in the middle: both ends of a name tell it apart.
      case middle
      /// Cut at the end, as for remarks.
      case end
      /// Broken into further lines, for text that must be read whole.
      case wrap
    }

    /// A column of names, which keep both ends if they are cut.
    package static func text(_ title: String, shrinks: Bool = false) -> Column {
      Column(title: title, isNumber: false, shrinking: shrinks ? .middle : .never)
    }

    /// A column of bars of characters.
    package static func picture() -> Column {
      Column(title: "", isNumber: false, shrinking: .never, isPicture: true)
    }

    /// A column of remarks, which are cut at the end.
    package static func prose(_ title: String) -> Column {
      Column(title: title, isNumber: false, shrinking: .end)
    }

    /// A column of text that must be read whole.
    package static func wrapped(_ title: String) -> Column {
      Column(title: title, isNumber: false, shrinking: .wrap)
    }

    /// A column of numbers, which are set to the right and never cut.
    package static func number(_ title: String) -> Column {
      Column(title: title, isNumber: true, shrinking: .never)
    }
  }

  /// A cell's text with its tone.
  package struct Cell: ExpressibleByStringInterpolation {
    /// The text, already safe for a terminal.
    package let text: String
    /// The colour of the text.
    package let tone: Style.Tone

    /// Makes a cell; control characters in the text are shown as escapes.
    package init(_ text: String, _ tone: Style.Tone = .none) {
      self.text = TerminalText.safe(text)
      self.tone = tone
    }

    /// Makes a cell without colour from a literal.
    package init(stringLiteral value: String) { self.init(value) }
  }

  /// The columns, from left to right.
  package let columns: [Column]
  /// The rows, each with a cell for each column.
  package private(set) var rows: [[Cell]] = []
  private let indent: Int

  /// Begins a table without rows; `indent` is how many blanks are before each line.
  package init(_ columns: [Column], indent: Int = 2) {
    self.columns = columns
    self.indent = indent
  }

  /// Whether the table has no rows.
  package var isEmpty: Bool { rows.isEmpty }

  /// Adds a row; it has one cell for each column.
  package mutating func add(_ cells: Cell...) { rows.append(cells) }
  /// Adds a row; it has one cell for each column.
  package mutating func add(_ cells: [Cell]) { rows.append(cells) }

  /// The lines of the table; the titles come first, if any column has one.
  package func lines(_ style: Style) -> [String] {
    let widths = widths(style.width)
    var lines = rows.flatMap { wrapped($0, widths) }.map { line($0, widths, style) }
    if columns.contains(where: { !$0.title.isEmpty }) {
      lines.insert(line(columns.map { Cell($0.title, .faint) }, widths, style), at: 0)
    }
    return lines
  }

  /// The row, followed by rows for the rest of its wrapped cells.
  private func wrapped(_ cells: [Cell], _ widths: [Int]) -> [[Cell]] {
    guard columns.contains(where: { $0.shrinking == .wrap }) else { return [cells] }
    let parts = zip(cells, columns.indices).map { cell, index in
      columns[index].shrinking == .wrap
        ? TerminalText.wrapped(cell.text, widths[index]).map { Cell($0, cell.tone) } : [cell]
    }
    return (0..<(parts.map(\.count).max() ?? 1)).map { line in
      parts.map { line < $0.count ? $0[line] : "" }
    }
  }

  private func line(_ cells: [Cell], _ widths: [Int], _ style: Style) -> String {
    var line = String(repeating: " ", count: indent)
    var pending = 0
    for (index, cell) in zip(columns.indices, cells) {
      let text = TerminalText.fitted(
        cell.text, widths[index], atEnd: columns[index].shrinking == .end)
      let padding = max(0, widths[index] - TerminalText.width(text))
      let (left, right) = columns[index].isNumber ? (padding, 0) : (0, padding)
      // Blanks are held back until text follows them, so that no line ends in blanks.
      if !text.isEmpty {
        line += String(repeating: " ", count: pending + left) + style.paint(text, cell.tone)
        pending = right + 2
      } else {
        pending += widths[index] + 2
      }
    }
    return line
  }

  /// The width of each column; on a narrow terminal the shrinking ones share what is missing.
  private func widths(_ total: Int?) -> [Int] {
    var widths = columns.indices.map { index in
      rows.map { index < $0.count ? TerminalText.width($0[index].text) : 0 }
        .reduce(TerminalText.width(columns[index].title), max)
    }
    guard let total else { return widths }
    var excess = indent + widths.reduce(0, +) + 2 * (columns.count - 1) - total
    for index in columns.indices.reversed() where columns[index].shrinking != .never && excess > 0 {
      let cut = min(excess, max(0, widths[index] - 12))
      widths[index] -= cut
      excess -= cut
    }
    return widths
  }
}
