import KmemAnalysis

extension CaptureList {
  /// The list as tables; nothing where it is empty.
  package func text(_ style: Style) -> String {
    guard !isEmpty else { return "" }
    var page = TextPage(style)
    if !entries.isEmpty { addCaptures(to: &page, style) }
    if !histories.isEmpty { addHistories(to: &page, style) }
    return page.text
  }

  private func addHistories(to page: inout TextPage, _ style: Style) {
    page.heading("Recorded", note: "by kmemcheck watch --record; judge it again with --replay")
    let isNarrow = style.width.map { $0 < 110 } ?? false
    var table = Table(
      [.text("from (UTC)"), .text("for"), .text("host", shrinks: true)]
        + (isNarrow ? [] : [.text("kernel", shrinks: true), .text("boot")])
        + [.number("samples"), .number("series"), .text("file", shrinks: true)], indent: 0)
    for entry in histories {
      let kernel = [
        Table.Cell(entry.release ?? ""), Table.Cell(String(entry.bootID.prefix(8))),
      ]
      table.add(
        [
          Table.Cell(String(Dates.words(Double(entry.first)).dropLast(4))),
          Table.Cell(Amount.duration(Double(entry.last.minus(entry.first)))),
          Table.Cell(entry.hostname ?? ""),
        ] + (isNarrow ? [] : kernel) + [
          Table.Cell(Amount.count(entry.rounds)), Table.Cell(Amount.count(entry.series)),
          Table.Cell(entry.path),
        ])
    }
    page.add(table)
  }

  private func addCaptures(to page: inout TextPage, _ style: Style) {
    // A narrow terminal has no room for kernel and boot; JSON has them in any case.
    let isNarrow = style.width.map { $0 < 110 } ?? false
    let hasReferences = entries.contains { !$0.reference.isEmpty }
    var table = Table(
      (hasReferences ? [.text("")] : []) + [
        .text("taken (UTC)"), .text("label", shrinks: true),
        .text("host", shrinks: true),
      ] + (isNarrow ? [] : [.text("kernel", shrinks: true), .text("boot")]) + [
        .number("size"), .text("file", shrinks: true),
      ], indent: 0)
    for entry in entries {
      let reference = hasReferences ? [Table.Cell(entry.reference)] : []
      table.add(reference + row(entry, isNarrow: isNarrow))
    }
    page.add(table)
  }

  private func row(_ entry: CaptureEntry, isNarrow: Bool) -> [Table.Cell] {
    let taken = entry.damage == nil ? entry.taken : "damaged"
    let kernel = [
      Table.Cell(entry.release ?? ""), Table.Cell(String((entry.bootID ?? "").prefix(8))),
    ]
    return [
      Table.Cell(taken, entry.damage == nil ? .none : .warning),
      Table.Cell(entry.label ?? ""), Table.Cell(entry.hostname ?? ""),
    ] + (isNarrow ? [] : kernel) + [
      Table.Cell(Amount.short(entry.bytes)),
      Table.Cell(entry.damage.map { "\(entry.path): \($0)" } ?? entry.path),
    ]
  }
}

extension CaptureEntry {
  /// When it was taken, as far as that is told.
  fileprivate var taken: String {
    if let time { return String(Dates.words(time).dropLast(4)) }
    if let withoutYear { return Dates.withoutYear(withoutYear) + ", no year" }
    if let up { return "\(Amount.duration(up)) after boot" }
    return "unknown"
  }
}
