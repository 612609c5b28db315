extension Table {
  /// The table as HTML; what is below so many rows can be unfolded.
  func markup(rows limit: Int = 14) -> String {
    let head = rows.prefix(limit)
    // Two or three rows more cost less than to unfold them.
    guard rows.count > limit + 3 else { return table(rows[...]) }
    let rest = rows.dropFirst(head.count)
    return table(head)
      + Markup.element(
        "details",
        Markup.element("summary", text: "\(rest.count) rows more") + table(rest))
  }

  private func table(_ rows: ArraySlice<[Cell]>) -> String {
    let shown = columns.indices.filter { index in
      !columns[index].isPicture
        && (!columns[index].title.isEmpty || rows.contains { !$0[index].text.isEmpty })
    }
    let hasTitles = columns.contains { !$0.title.isEmpty }
    let titles = shown.map { index in
      Markup.element("th", attributes(columns[index], .none), text: columns[index].title)
    }
    let body = rows.map { row in
      Markup.element("tr", shown.map { cell(row[$0], columns[$0]) }.joined())
    }
    return Markup.element(
      "div", ["class": "scroll"],
      Markup.element(
        "table",
        (hasTitles ? Markup.element("thead", Markup.element("tr", titles.joined())) : "")
          + Markup.element("tbody", body.joined())))
  }

  private func cell(_ cell: Cell, _ column: Column) -> String {
    // Short names stay in one line, where long remarks beside them break.
    Markup.element(
      "td", attributes(column, cell.tone, isShort: cell.text.utf8.count <= 20), text: cell.text)
  }

  private func attributes(
    _ column: Column, _ tone: Style.Tone, isShort: Bool = false
  ) -> KeyValuePairs<String, String> {
    let classes = [column.isNumber ? "n" : isShort ? "k" : "", tone.className]
      .filter { !$0.isEmpty }
    return classes.isEmpty ? [:] : ["class": classes.joined(separator: " ")]
  }
}

extension Style.Tone {
  /// The class in the style sheet; empty for text without a tone.
  var className: String {
    switch self {
    case .heading: "strong"
    case .faint: "faint"
    case .bad: "bad"
    case .warning: "warning"
    case .good: "good"
    case .none: ""
    }
  }
}
