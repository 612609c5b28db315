import KmemAnalysis

extension [Shortage] {
  /// Who held memory at each moment, as far as the reports tell; nothing where none does.
  var figure: Figure? {
    let rows = suffix(20).compactMap { shortage -> BarFigure.Row? in
      guard let books = shortage.books else { return nil }
      return BarFigure.Row(
        label: "\(shortage.timeWords), \(shortage.triggerWords)", words: Amount.short(books.total),
        parts: books.parts, whole: Double(books.total))
    }
    guard !rows.isEmpty else { return nil }
    let hues = Set(rows.flatMap(\.parts).map(\.hue))
    let sides = Books.order.filter { hues.contains(Hue($0)) }
    return .bars(
      BarFigure(
        title: "Who held memory at each moment", rows: rows,
        legend: sides.map { BarFigure.Key(hue: Hue($0), words: $0.title) }))
  }
}
