package import KmemAnalysis
import KmemParsers

/// What the reports in a kernel log say, as text: a table of all, then the last one whole.
package struct ShortageText: TextReport {
  let shortages: [Shortage]
  let origin: String
  let isVerbose: Bool
  /// The page that the answer is written to.
  package var page: TextPage

  /// Prepares the text of at least one report, the oldest first.
  package init(_ shortages: [Shortage], origin: String, style: Style, isVerbose: Bool) {
    self.shortages = shortages
    self.origin = origin
    self.isVerbose = isVerbose
    page = TextPage(style)
  }

  /// Writes the table, the last report, and its verdict as the last line.
  package mutating func write() {
    guard let shortage = shortages.last else { return }
    page.moment(shortage.moment)
    if shortages.count > 1 { writeTable() }
    writeOccasion(shortage)
    writeBooks(shortage)
    writeZones(shortage)
    writeSlabs(shortage)
    writeSites(shortage)
    writeTasks(shortage)
    page.verdict(
      "Verdict: " + shortage.sentence + (ShortageStories(shortages)?.words ?? ""),
      shortage.isAlarm ? .bad : .none)
  }

  private mutating func writeTable() {
    page.heading("Reports in the log", note: "\(shortages.count), the oldest first")
    var table = Table([
      .number("line"), .text("when"), .text("what"), .text("killed"), .wrapped("verdict"),
    ])
    let shown = isVerbose ? shortages[...] : shortages.suffix(20)
    for shortage in shown {
      table.add(
        Table.Cell("\(shortage.report.line)"), Table.Cell(shortage.clockWords ?? ""),
        Table.Cell(shortage.triggerWords),
        Table.Cell(shortage.report.killed.joined(separator: ", ")),
        Table.Cell(shortage.sentence, .faint))
    }
    page.figure(shortages.figure)
    page.add(table)
    if shown.count < shortages.count {
      page.sentence("+ \(shortages.count - shown.count) before these (-v shows them)", .faint)
    }
  }

  private mutating func writeOccasion(_ shortage: Shortage) {
    page.heading(
      "What happened",
      note: "line \(shortage.report.line)\(shortage.clockWords.map { ", \($0)" } ?? "")")
    page.sentence(
      shortage.triggerWords + (shortage.requestWords.map { ": \($0)" } ?? ""), .warning)
    for kill in shortage.report.kills { page.sentence("killed: \(kill.words)") }
    if let picked = shortage.report.picked, shortage.report.kills.isEmpty {
      page.sentence("picked: \(picked.words)")
    }
    if let group = shortage.report.endedGroup { page.sentence("killed: all of \(group.path)") }
    guard !shortage.findings.isEmpty else { return }
    for finding in shortage.findings.filter({ $0.rule.entry.role == .cause }) {
      page.sentence("\(finding.severity.rawValue): \(finding.sentence)")
    }
  }

  private mutating func writeBooks(_ shortage: Shortage) {
    guard let books = shortage.books else {
      page.heading("Memory", note: shortage.total.map { "\(Amount.short($0)) in all" } ?? "")
      var table = Table([.text(""), .number(""), .prose("")])
      for holder in shortage.holders {
        table.add(
          Table.Cell(holder.countsFiles ? holder.noun : holder.memoryClass.title),
          Table.Cell(Amount.short(holder.bytes)),
          Table.Cell(holder.part.map(Amount.percent) ?? ""))
      }
      if shortage.holders.isEmpty {
        let who = shortage.total == nil ? "" : " of who held it"
        page.sentence("the log has no numbers\(who)", .warning)
      }
      return page.add(table)
    }
    page.heading("Memory", note: "\(Amount.short(books.total)) in all, at that moment")
    page.figure(books.figure)
    page.add(BooksTable(books, isVerbose: isVerbose, width: page.style.width).table)
  }

  private mutating func writeZones(_ shortage: Shortage) {
    guard !shortage.zones.isEmpty else { return }
    let tables = ZoneTables(shortage.zones)
    page.heading("Zones", note: "free memory against the watermarks")
    page.figure(shortage.zones.figure)
    page.add(tables.watermarks)
    guard shortage.zones.contains(where: { $0.fragmentation != nil }) else { return }
    page.heading(
      "Fragmentation", note: "percent of free memory too broken up, by order of the request")
    page.figure(shortage.zones.fragmentationFigure)
    for table in tables.fragmentation(width: page.style.width, .unusable) { page.add(table) }
  }

  private mutating func writeSlabs(_ shortage: Shortage) {
    guard !shortage.report.slabs.isEmpty else { return }
    page.heading("Unreclaimable slab caches", note: "as the report lists them")
    var table = Table([.number("held"), .number("used"), .text("cache", shrinks: true), .prose("")])
    for slab in shortage.report.slabs.prefix(isVerbose ? 64 : 5) {
      table.add(
        Table.Cell(Amount.short(Int64(clamping: slab.total))),
        Table.Cell(Amount.short(Int64(clamping: slab.used))), Table.Cell(slab.name),
        Table.Cell(CacheWords.note(CacheMeaning(name: slab.name), aliases: []), .faint))
    }
    page.add(table)
  }

  private mutating func writeSites(_ shortage: Shortage) {
    guard !shortage.report.sites.isEmpty else { return }
    page.heading("Lines of source that hold memory", note: "as the report lists them")
    var table = Table([.number(""), .number(""), .text("", shrinks: true)])
    for site in shortage.report.sites.prefix(isVerbose ? 50 : 5) {
      table.add(
        Table.Cell(Amount.short(site.bytes)),
        Table.Cell("\(Amount.count(Int64(clamping: site.calls)))×"),
        Table.Cell(TagWords.words(AllocationSite(site))))
    }
    page.add(table)
  }

  private mutating func writeTasks(_ shortage: Shortage) {
    let tasks = shortage.report.tasks
    guard tasks.count > 0 else { return }
    let size = Int64(shortage.report.pageSize)
    func bytes(_ pages: UInt64) -> String {
      let product = Int64(clamping: pages).multipliedReportingOverflow(by: size)
      return Amount.short(product.overflow ? .max : product.partialValue)
    }
    page.heading(
      "Tasks",
      note: "\(tasks.count) in the table, \(bytes(tasks.rss)) with shared pages counted again")
    var table = Table([
      .number("rss"), .number("in swap"), .number("pid"), .text("name", shrinks: true),
    ])
    for task in tasks.largest.prefix(isVerbose ? 64 : 5) {
      table.add(
        Table.Cell(bytes(task.rss)), Table.Cell(task.swap.map(bytes) ?? ""),
        Table.Cell("\(task.pid)"),
        Table.Cell(task.name))
    }
    page.add(table)
  }
}

extension MemoryReport {
  /// Who was killed, in few words: processes, or the control group that was ended whole.
  fileprivate var killed: [String] {
    kills.map { "\($0.name) (\($0.pid))" }
      + [endedGroup?.path.split(separator: "/").last.map(String.init)].compactMap(\.self)
  }
}
