package import KmemAnalysis

/// The stacks that a source of one moment tells, drawn and listed; of two moments with their growth.
package struct StacksText: TextReport {
  private let after: FoldedStacks
  private let before: FoldedStacks?
  private let source: FoldedStacks.Source
  /// The page that the answer is written to.
  package var page: TextPage

  /// Takes the stacks of a source, and those before where two moments are compared.
  package init(
    _ after: FoldedStacks, since before: FoldedStacks? = nil, of source: FoldedStacks.Source,
    style: Style
  ) {
    self.after = after
    self.before = before
    self.source = source
    page = TextPage(style)
  }

  /// Writes the flame graph, and the stacks that hold or gained most.
  package mutating func write() {
    page.heading("Memory by stack", note: "\(source.rawValue), \(Amount.short(after.total)) in all")
    page.figure(
      after.figure("\(source.rawValue): bytes by stack, the outermost above", since: before))
    let rows = rows
    page.add(table(rows.prefix(Self.most)))
    let rest = rows.count - Self.most
    if rest > 0 { page.sentence("+ \(Amount.count(Int64(rest))) stacks more", .faint) }
  }

  /// The most rows of the table: --folded prints all stacks.
  private static let most = 30

  private typealias Row = (stack: [String], now: Int64, gained: Int64?)

  /// What gained most first, else what holds most.
  private var rows: [Row] {
    let stacks = Set(after.bytes.keys).union(before?.bytes.keys ?? [:].keys)
    let rows: [Row] = stacks.map { stack in
      let now = after.bytes[stack] ?? 0
      return (stack, now, before.map { now.minus($0.bytes[stack] ?? 0) })
    }
    return rows.sorted {
      ($0.gained ?? 0, $0.now, $1.stack.joined()) > ($1.gained ?? 0, $1.now, $0.stack.joined())
    }
  }

  private func table(_ rows: ArraySlice<Row>) -> Table {
    var table = Table(
      (before == nil ? [] : [.number("gained")]) + [.number("bytes"), .wrapped("stack")])
    for row in rows {
      let gained = row.gained.map { [Table.Cell($0 == 0 ? "" : Amount.signed($0))] } ?? []
      // The innermost functions tell the most.
      let frames = row.stack.suffix(8).reversed().joined(separator: " < ")
      table.add(gained + [Table.Cell(Amount.short(row.now)), Table.Cell(frames)])
    }
    return table
  }
}
