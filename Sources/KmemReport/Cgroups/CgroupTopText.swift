package import KmemAnalysis

/// The control groups by how much memory they use, as a table.
package struct CgroupTopText: TextReport {
  private let top: CgroupTop
  private let limit: Int
  private let isVerbose: Bool
  /// The page that the answer is written to.
  package var page: TextPage

  /// Prepares the table; `limit` is the most rows.
  package init(_ top: CgroupTop, style: Style, limit: Int, isVerbose: Bool = false) {
    self.top = top
    self.limit = limit
    self.isVerbose = isVerbose
    page = TextPage(style)
  }

  /// Writes the moment, the table, its sums, and remarks on the groups.
  package mutating func write() {
    page.moment(top.moment)
    let span = top.seconds.map { "; gained in \(Amount.duration($0))" } ?? ""
    page.heading(
      "Control groups",
      note: "by \(top.order.rawValue); each with those below it; version \(top.version)\(span)")
    guard !top.rows.isEmpty else {
      return page.sentence("there are no groups below the root", .warning)
    }
    page.figure(top.figure())
    page.add(table)
    let rest = top.rows.dropFirst(limit)
    if !rest.isEmpty { page.sentence("+ \(rest.count) more", .faint) }
    page.blank()
    footnotes()
  }

  private var isNarrow: Bool { page.style.width.map { $0 < 110 } ?? false }

  /// The amounts with their titles, without those that no group has.
  private var columns: [(title: String, amount: (CgroupTop.Row) -> Int64?)] {
    let all: [(String, (CgroupTop.Row) -> Int64?)] = [
      ("memory", \.memory), ("anon", \.anonymous), ("file", \.file), ("kernel", \.kernel),
      ("slab", \.slab), ("swap", \.swap),
    ]
    return all.filter { title, amount in
      title == "memory"
        || top.rows.contains { (amount($0) ?? 0) > 0 }
          && (title != "slab" || !isNarrow || isVerbose)
    }
  }

  private var table: Table {
    let hasDying = top.rows.contains { ($0.dying ?? 0) > 0 }
    // Which there are is asked of every group.
    let columns = columns
    var table = Table(
      columns.map { .number($0.title) } + (hasDying ? [.number("dying")] : [])
        + (top.seconds != nil ? [.number("gained")] : [])
        + [.picture(), .text("group", shrinks: true)])
    let largest = top.rows.compactMap(\.memory).max() ?? 0
    for row in top.rows.prefix(limit) {
      let bar = Bar.text(
        row.memory ?? 0, of: largest, columns: isNarrow ? (top.seconds == nil ? 6 : 3) : 10)
      table.add(
        columns.map { Table.Cell($0.amount(row).map { Amount.short($0) } ?? "?") }
          + (hasDying ? [Table.Cell(row.dying.map(Amount.count) ?? "?")] : [])
          + (top.seconds != nil ? [Table.Cell(gained(row))] : [])
          + [Table.Cell(bar, .good), Table.Cell(row.path)])
    }
    return table
  }

  private func gained(_ row: CgroupTop.Row) -> String {
    row.gained.map { $0 == 0 ? "" : Amount.signed($0) } ?? "?"
  }

  private mutating func footnotes() {
    page.sentence(
      "The groups directly below the root hold \(Amount.short(top.total)) in all; a group's page "
        + "cache (file) is given back when memory is short.", .faint)
    if let dying = top.dying, dying > 0 {
      page.sentence(
        "\(Amount.count(dying)) removed group\(dying == 1 ? " is" : "s are") still held by memory "
          + "that was charged to \(dying == 1 ? "it" : "them"), mostly page cache: dying.", .warning
      )
    }
  }
}
