import KmemAnalysis

extension BarFigure {
  /// Something that holds or gained memory, on a side where that is known.
  typealias Amounts = [(label: String, bytes: Int64, side: MemorySide)]

  /// What holds how much, in the colours of the sides that it's on.
  static func ranked(_ title: String, _ rows: Amounts) -> Figure? {
    figure(title, rows.filter { $0.bytes > 0 }, Amount.short)
  }

  /// How much everything of one kind holds, in one colour.
  static func ranked(_ title: String, _ rows: [(label: String, bytes: Int64)]) -> Figure? {
    let rows = rows.filter { $0.bytes > 0 }
    guard !rows.isEmpty else { return nil }
    return .bars(
      BarFigure(
        title: title, rows: rows.map { row($0.label, $0.bytes, Amount.short($0.bytes), .first) }))
  }

  /// How much everything gained, what gained most first; what lost goes to the left of zero.
  ///
  /// What changed by less than a hundredth of the largest has no bar that anybody sees.
  static func growth(_ title: String, _ rows: Amounts) -> Figure? {
    figure(title, visible(rows) { $0.bytes }, Amount.signed)
  }

  /// How much everything of one kind gained, in one colour.
  static func growth(_ title: String, _ rows: [(label: String, bytes: Int64)]) -> Figure? {
    let rows = visible(rows) { $0.bytes }
    guard !rows.isEmpty else { return nil }
    return .bars(
      BarFigure(
        title: title, rows: rows.map { row($0.label, $0.bytes, Amount.signed($0.bytes), .first) }))
  }

  /// The rows that anybody sees, what gained most first.
  private static func visible<Row>(_ rows: [Row], _ bytes: (Row) -> Int64) -> [Row] {
    let most = rows.map { bytes($0).magnitude }.max() ?? 0
    let rows = rows.filter { bytes($0) != 0 && bytes($0).magnitude >= most / 100 }
      .sorted { bytes($0) > bytes($1) }
    return rows.count > 14 ? Array(rows.prefix(10) + rows.suffix(4)) : rows
  }

  /// Bars in the colours of their sides, with a key to them; nothing where there is no row.
  private static func figure(
    _ title: String, _ rows: Amounts, _ words: (Int64) -> String
  ) -> Figure? {
    guard !rows.isEmpty else { return nil }
    let sides = MemorySide.allCases.filter { side in rows.contains { $0.side == side } }
    return .bars(
      BarFigure(
        title: title,
        rows: rows.map {
          row($0.label, $0.bytes, words($0.bytes), Hue($0.side), ", \($0.side.title)")
        }, legend: sides.map { Key(hue: Hue($0), words: $0.title) }))
  }

  private static func row(
    _ label: String, _ bytes: Int64, _ words: String, _ hue: Hue, _ side: String = ""
  ) -> Row {
    let part = Part(amount: Double(bytes), hue: hue, words: "\(label): \(words)\(side)")
    return Row(label: label, words: words, parts: [part])
  }
}
