/// Rows of cells in aligned columns.
package struct Table {
  /// How a column is set.
  package struct Column {
    package let title: String
    package let isNumber: Bool
    /// Whether and how the column gives way when the terminal is too narrow.
    package let shrinking: Shrinking

    package enum Shrinking: Sendable {
      case never
      /// Cut in the middle: both ends of a name tell it apart.
      case middle
      /// Cut at the end, as for remarks.
      case end
      /// Goes on in lines of its own, for what must be read whole.
      case wrap
    }

    package static func text(_ title: String, shrinks: Bool = false) -> Column {
      Column(title: title, isNumber: false, shrinking: shrinks ? .middle : .never)
    }

    package static func prose(_ title: String) -> Column {
      Column(title: title, isNumber: false, shrinking: .end)
    }

    package static func wrapped(_ title: String) -> Column {
      Column(title: title, isNumber: false, shrinking: .wrap)
    }

    package static func number(_ title: String) -> Column {
      Column(title: title, isNumber: true, shrinking: .never)
    }
  }

  /// A cell's text with its tone.
  package struct Cell: ExpressibleByStringInterpolation {
    package let text: String
    package let tone: Style.Tone

    package init(_ text: String, _ tone: Style.Tone = .none) {
      self.text = TerminalText.safe(text)
      self.tone = tone
    }

    package init(stringLiteral value: String) { self.init(value) }
  }

  private let columns: [Column]
  private var rows: [[Cell]] = []
  private let indent: Int

  package init(_ columns: [Column], indent: Int = 2) {
    self.columns = columns
    self.indent = indent
  }

  package var isEmpty: Bool { rows.isEmpty }

  /// Adds a row; it has one cell for each column.
  package mutating func add(_ cells: Cell...) { rows.append(cells) }
  package mutating func add(_ cells: [Cell]) { rows.append(cells) }

  /// The lines of the table, its titles first where one has any.
  package func lines(_ style: Style) -> [String] {
    let widths = widths(style.width)
    var lines = rows.flatMap { wrapped($0, widths) }.map { line($0, widths, style) }
    if columns.contains(where: { !$0.title.isEmpty }) {
      lines.insert(line(columns.map { Cell($0.title, .faint) }, widths, style), at: 0)
    }
    return lines
  }

  /// The row, and below it what doesn't fit into its wrapped cells.
  private func wrapped(_ cells: [Cell], _ widths: [Int]) -> [[Cell]] {
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
      // Blanks are kept back until something follows them: no line ends in blanks.
      if !text.isEmpty {
        line += String(repeating: " ", count: pending + left) + style.paint(text, cell.tone)
        pending = right + 2
      } else {
        pending += widths[index] + 2
      }
    }
    return line
  }

  /// The width of each column; those that give way share what is missing on a narrow terminal.
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
