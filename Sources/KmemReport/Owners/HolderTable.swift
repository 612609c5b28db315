import KmemAnalysis

/// Kernel memory by holder, in columns that add up to the books; the last row is memory without a
/// holder.
struct HolderTable {
  private(set) var table: Table
  private let isGrowth: Bool
  /// The columns; a narrow terminal has the last two in one.
  private let columns: [(title: String, members: [KernelHolders.Column])]
  /// How many holders were folded.
  let folded: Int

  /// Takes the holders; amounts that are growth have signs.
  init(_ ledger: HolderTotals, isGrowth: Bool, limit: Int, width: Int?) {
    self.isGrowth = isGrowth
    let all = KernelHolders.Column.allCases.map { (title: $0.rawValue, members: [$0]) }
    columns = (width ?? .max) < 100 ? all.prefix(3) + [("other", [.percpu, .own])] : all
    let titles = columns.map { Table.Column.number($0.title) }
    table = Table([Table.Column.number("total")] + titles + [Table.Column.text("", shrinks: true)])
    let rows = ledger.rows.filter { $0.total.magnitude >= 4 << 10 }
    folded = max(0, rows.count - limit)
    for row in rows.prefix(limit) {
      let doubt = row.isInferred ? " (inferred: names)" : ""
      let name = row.holder.mark + doubt
      add(row.columns, total: row.total, name, .none)
    }
    let total = ledger.rest.values.sum { $0 }
    add(ledger.rest, total: total, "no holder known", .faint)
  }

  private mutating func add(
    _ amounts: [KernelHolders.Column: Int64], total: Int64, _ name: String, _ tone: Style.Tone
  ) {
    var cells = [Table.Cell(amount(total), tone)]
    for column in columns {
      let bytes = column.members.sum { amounts[$0] ?? 0 }
      cells.append(Table.Cell(bytes == 0 ? "" : amount(bytes), tone))
    }
    table.add(cells + [Table.Cell(name, tone)])
  }

  private func amount(_ bytes: Int64) -> String {
    isGrowth ? Amount.signed(bytes) : Amount.short(bytes)
  }
}

extension KernelHolders.Holder {
  /// The module, else the directory of source.
  var title: String { module ?? directory ?? "core kernel" }

  /// The same, a module in brackets.
  var mark: String { module.map { "[\($0)]" } ?? title }
}
