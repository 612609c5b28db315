import KmemAnalysis

extension BarFigure {
  /// What holds how much, in the colours of the sides that it's on.
  static func ranked(
    _ title: String, _ rows: [(label: String, bytes: Int64, side: MemorySide)]
  ) -> Figure? {
    let rows = rows.filter { $0.bytes > 0 }
    guard !rows.isEmpty else { return nil }
    let sides = MemorySide.allCases.filter { side in rows.contains { $0.side == side } }
    return .bars(
      BarFigure(
        title: title,
        rows: rows.map { row in
          let words = Amount.short(row.bytes)
          let part = Part(
            amount: Double(row.bytes), hue: Hue(row.side),
            words: "\(row.label): \(words), \(row.side.title)")
          return Row(label: row.label, words: words, parts: [part])
        }, legend: sides.map { Key(hue: Hue($0), words: $0.title) }))
  }

  /// How much everything of one kind holds, in one colour.
  static func ranked(_ title: String, _ rows: [(label: String, bytes: Int64)]) -> Figure? {
    let rows = rows.filter { $0.bytes > 0 }
    guard !rows.isEmpty else { return nil }
    return .bars(
      BarFigure(
        title: title,
        rows: rows.map { row in
          let words = Amount.short(row.bytes)
          let part = Part(
            amount: Double(row.bytes), hue: .first, words: "\(row.label): \(words)")
          return Row(label: row.label, words: words, parts: [part])
        }))
  }

  /// How much everything gained, what gained most first; what lost goes to the left of zero.
  ///
  /// What changed by less than a hundredth of the largest has no bar that anybody sees.
  static func growth(
    _ title: String, _ rows: [(label: String, bytes: Int64, side: MemorySide)]
  ) -> Figure? {
    let most = rows.map(\.bytes.magnitude).max() ?? 0
    let rows = rows.filter { $0.bytes != 0 && $0.bytes.magnitude >= most / 100 }
      .sorted { $0.bytes > $1.bytes }
    guard !rows.isEmpty else { return nil }
    let shown = rows.count > 14 ? Array(rows.prefix(10) + rows.suffix(4)) : rows
    let sides = MemorySide.allCases.filter { side in shown.contains { $0.side == side } }
    return .bars(
      BarFigure(
        title: title,
        rows: shown.map { row in
          let words = Amount.signed(row.bytes)
          let part = Part(
            amount: Double(row.bytes), hue: Hue(row.side),
            words: "\(row.label): \(words), \(row.side.title)")
          return Row(label: row.label, words: words, parts: [part])
        }, legend: sides.map { Key(hue: Hue($0), words: $0.title) }))
  }
}
