/// One part of an answer, before it is set for a terminal or for a document.
package enum PageBlock {
  /// A heading, with a note beside it or none.
  case heading(String, note: String)
  /// A sentence; `indent` and `hanging` are blanks before its first and its later lines.
  case sentence(String, Style.Tone, indent: Int, hanging: Int)
  /// What the whole answer comes to.
  case verdict(String, Style.Tone)
  /// Rows of cells.
  case table(Table)
  /// A line that the user may copy.
  case line(String)
  /// Space between two parts.
  case blank
  /// A picture, where the output shows some.
  case figure(Figure)
}

extension PageBlock {
  /// The lines of the part for a terminal or a file.
  func lines(_ style: Style) -> [String] {
    switch self {
    case .heading(let title, let note):
      let title = style.paint(title, .heading)
      return note.isEmpty
        ? [title] : ["\(title)  \(style.paint(TerminalText.safe(note), .faint))"]
    case .sentence(let text, let tone, let indent, let hanging):
      return Self.sentence(text, tone, indent: indent, hanging: hanging, style)
    case .verdict(let text, let tone):
      return Self.sentence(text, tone, indent: 0, hanging: 0, style)
    case .table(let table): return table.lines(style)
    case .line(let text): return [TerminalText.safe(text)]
    case .blank: return [""]
    case .figure: return []
    }
  }

  private static func sentence(
    _ text: String, _ tone: Style.Tone, indent: Int, hanging: Int, _ style: Style
  ) -> [String] {
    let columns = style.width.map { $0 - indent - hanging }
    return TerminalText.wrapped(TerminalText.safe(text), columns).enumerated().map { index, line in
      String(repeating: " ", count: index == 0 ? indent : indent + hanging)
        + style.paint(line, tone)
    }
  }
}
