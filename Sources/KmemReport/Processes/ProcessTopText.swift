package import KmemAnalysis
import KmemSnapshot

/// The programs that hold memory, as a table.
package struct ProcessTopText: TextReport {
  private let top: ProcessTop
  private let limit: Int
  private let isVerbose: Bool
  /// The page that the answer is written to.
  package var page: TextPage

  /// Prepares the table; `limit` is the most rows.
  package init(_ top: ProcessTop, style: Style, limit: Int, isVerbose: Bool = false) {
    self.top = top
    self.limit = limit
    self.isVerbose = isVerbose
    page = TextPage(style)
  }

  /// Writes the moment, the table, its sums, and how many processes could be read.
  package mutating func write() {
    page.moment(top.moment)
    let span = top.seconds.map { "; gained in \(Amount.duration($0))" } ?? ""
    let sorting = top.order == .growth ? "growth of USS" : top.order.title
    page.heading(title, note: "by \(sorting)\(span)")
    guard !top.rows.isEmpty else {
      return page.sentence("no process with memory of its own was found", .warning)
    }
    page.figure(top.figure())
    page.add(table)
    page.blank()
    footnotes()
  }

  private var title: String {
    switch top.grouping {
    case nil: "Processes"
    case .user: "Users"
    case .command: "Commands"
    }
  }

  /// The amount that rows are sorted by.
  private var column: ProcessColumn { .main(top.order) }

  private var isNarrow: Bool { page.style.width.map { $0 < 110 } ?? false }

  /// The amounts to show: all that fit; on a narrow terminal the telling ones and that by which
  /// rows are sorted.
  private var columns: [ProcessColumn] {
    ProcessColumn.allCases.filter { shown in
      guard shown != column, !isVerbose else { return true }
      return switch shown {
      case .uss, .pss: true
      case .rss: !isNarrow || top.seconds == nil
      case .vss: !isNarrow
      case .swap: !isNarrow && top.total.swap.bytes > 0
      }
    }
  }
}

extension ProcessTopText {
  private var table: Table {
    let barColumns = isNarrow ? 6 : 10
    let isGrouped = top.grouping != nil
    var table = Table(
      columns.map { .number($0.title) } + (top.seconds != nil ? [.number("gained")] : [])
        + (isGrouped
          ? [.number("processes"), .text(top.grouping == .user ? "user" : "command")]
          : [.number("PID"), .text("user")])
        + [.picture(), .prose(isGrouped ? "the largest" : "command")])
    let largest = top.rows.map { column.amount($0.sums).bytes }.max() ?? 0
    for row in top.rows.prefix(limit) {
      let bar = Bar.text(column.amount(row.sums).bytes, of: largest, columns: barColumns)
      table.add(
        amounts(row.sums, gained: row.gained, isNew: row.isNew)
          + [
            isGrouped
              ? Table.Cell(Amount.count(Int64(row.sums.processes))) : "\(row.process.pid)",
            Table.Cell(row.group ?? row.user ?? ""), Table.Cell(bar, .good),
            Table.Cell(words(row)),
          ])
    }
    addSums(to: &table)
    return table
  }

  /// Adds a row for the processes that aren't listed, and one for all of them.
  private func addSums(to table: inout Table) {
    let isGrouped = top.grouping != nil
    func number(_ sums: ProcessSums) -> Table.Cell {
      isGrouped ? Table.Cell(Amount.count(Int64(sums.processes))) : ""
    }
    let rest = top.rows.dropFirst(limit)
    if !rest.isEmpty {
      let sums = ProcessSums(adding: rest.map(\.sums))
      let gains = rest.compactMap(\.gained)
      table.add(
        amounts(sums, gained: gains.isEmpty ? nil : gains.sum { $0 }, isNew: false)
          + [
            number(sums), Table.Cell("+ \(rest.count)"), "",
            Table.Cell("more (-n shows more)", .faint),
          ])
    }
    table.add(
      amounts(top.total, gained: top.gained, isNew: false)
        + [number(top.total), "total", "", ""])
  }

  private func amounts(_ sums: ProcessSums, gained: Int64?, isNew: Bool) -> [Table.Cell] {
    let cells = columns.map { Table.Cell(ProcessFormat.amount($0.amount(sums))) }
    guard top.seconds != nil else { return cells }
    guard let gained else { return cells + ["?"] }
    return cells + [Table.Cell(gained == 0 ? "" : Amount.signed(gained) + (isNew ? " new" : ""))]
  }

  private func words(_ row: ProcessTop.Row) -> String {
    let process = row.process
    guard row.group == nil else {
      return row.sums.processes == 1 ? "" : ProcessFormat.name(process)
    }
    // A Java command line may have thousands of characters.
    return TerminalText.fitted(
      ProcessFormat.command(process, isWhole: isVerbose), isVerbose ? 4096 : 160, atEnd: true)
  }

  private mutating func footnotes() {
    if let memory = top.memory, memory > 0, !top.total.pss.isUnknown {
      let share = Amount.percent(Double(top.total.pss.bytes) / Double(memory))
      page.sentence(
        "PSS adds up: \(ProcessFormat.amount(top.total.pss)) is \(share) of \(Amount.short(memory)) "
          + "of memory; RSS counts what processes share once for each.", .faint)
    }
    if top.total.uss.isEstimate {
      page.sentence(
        "~ is RssAnon of status, where smaps_rollup was not read: it lacks private pages of files "
          + "and has pages that are still shared since a fork.", .faint)
    }
    let hint = top.coverage.denied > 0 && !top.isRoot ? "; run as root to read those denied" : ""
    let threads = ProcessFormat.count(top.coverage.kernelThreads, "kernel thread", "kernel threads")
    page.sentence(
      ProcessFormat.coverage(top.coverage) + hint + "; \(threads) without memory beside them",
      .faint
    )
  }
}
