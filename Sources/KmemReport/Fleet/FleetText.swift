package import KmemAnalysis

/// Which of many machines leak, as text: they first, then what they share, the verdict last.
package struct FleetText: TextReport {
  private let report: FleetReport
  /// The most rows of a table.
  private let limit: Int
  /// The page that the answer is written to.
  package var page: TextPage

  /// Prepares the text.
  package init(_ report: FleetReport, style: Style, limit: Int) {
    self.report = report
    self.limit = limit
    page = TextPage(style)
  }

  /// Writes the tables and the verdict.
  package mutating func write() {
    page.line("\(report.origin) · \(FleetFormat.machines(report.count))")
    for remark in report.remarks { page.sentence(remark.sentence, .faint, indent: 0) }
    writeLeaking()
    writeShared()
    writeUndecided()
    page.verdict(FleetVerdict(report).sentence, report.leaking.isEmpty ? .good : .bad)
  }

  private mutating func writeLeaking() {
    guard !report.leaking.isEmpty else { return }
    page.heading("Machines where something grows", note: "those that end first in front")
    var table = Table([
      .text("", shrinks: true), .number("rate"), .text("95 % sure"), .number("lasts"),
      .text("", shrinks: true), .prose(""),
    ])
    for host in report.leaking.prefix(limit) {
      let row = host.culprit
      table.add(
        Table.Cell(host.name), Table.Cell(row.map(FleetFormat.rate) ?? "", .bad),
        Table.Cell(row.flatMap(FleetFormat.interval) ?? "", .faint),
        Table.Cell(host.exhaustion.map(Amount.duration) ?? ""),
        Table.Cell(row?.id.title ?? ""), Table.Cell(FleetFormat.note(host), .faint))
    }
    page.add(table)
    rest(report.leaking.count)
  }

  private mutating func writeShared() {
    let shared = report.shared.filter(\.isSignificant)
    guard !shared.isEmpty else { return }
    page.heading("What they have and others don't", note: "the best separator first")
    var table = Table([
      .text(""), .text("", shrinks: true), .number("of these"), .number("of others"),
      .number("by chance"),
    ])
    for trait in shared.prefix(limit) {
      table.add(
        Table.Cell(trait.trait.kind.word), Table.Cell(trait.trait.name),
        Table.Cell("\(trait.leakingWith) of \(trait.leaking)"),
        Table.Cell("\(trait.othersWith) of \(trait.others)"),
        Table.Cell(FleetFormat.chance(trait.adjustedChance)))
    }
    page.add(table)
    rest(shared.count)
  }

  private mutating func writeUndecided() {
    guard !report.undecided.isEmpty else { return }
    page.heading("Not enough data", note: FleetFormat.machines(report.undecided.count))
    let names = report.undecided.prefix(limit).map(\.name).joined(separator: ", ")
    page.sentence(names)
    rest(report.undecided.count)
  }

  private mutating func rest(_ count: Int) {
    if count > limit { page.sentence("+ \(count - limit) more (-v shows them)", .faint) }
  }
}
