package import KmemAnalysis
import KmemSnapshot

/// What changed between two moments, as text: how much, in which class and cache, and how much is
/// unexplained.
package struct DiffText: TextReport {
  let report: DiffReport
  let isVerbose: Bool
  /// The one table that is wanted; nil for the whole answer.
  let grouping: Grouping?
  /// The page that the answer is written to.
  package var page: TextPage

  /// Prepares the text; `grouping` chooses one table in place of the whole answer.
  package init(_ report: DiffReport, style: Style, isVerbose: Bool, by grouping: Grouping? = nil) {
    self.report = report
    self.grouping = grouping
    self.isVerbose = isVerbose
    page = TextPage(style)
  }

  var growth: Growth { report.growth }

  package mutating func write() {
    writeMoments()
    writeKind()
    if let grouping { writeGroups(grouping) } else { writeAll() }
    page.verdict(DiffVerdict(report).sentence, growth.verdict.conclusion.tone)
  }

  private mutating func writeAll() {
    writeTotals()
    writeClasses()
    writeLines()
    writeOwners()
    writeCaches()
    writeLists()
    if isVerbose { writeLedger(limit: .max) }
    writeMeetings()
    writeSources()
  }

  /// Writes the machine in one line, if it is one machine, then both moments.
  private mutating func writeMoments() {
    let (before, after) = (growth.before, growth.after)
    let machines = [before, after].map { moment in
      [moment.host.hostname, moment.host.release.map { "Linux \($0)" }].compactMap { $0 }
        .joined(separator: " · ")
    }
    if machines[0] == machines[1], !machines[0].isEmpty {
      page.sentence(machines[0], .heading, indent: 0)
    }
    var table = Table(
      [.text(""), .text(""), .text("", shrinks: true), .text("", shrinks: true)], indent: 0)
    for (title, moment, machine) in [("from", before, machines[0]), ("to", after, machines[1])] {
      table.add(
        Table.Cell(title),
        Table.Cell(moment.host.wallTime.map(Dates.words) ?? moment.host.textMoment?.title ?? ""),
        Table.Cell(machines[0] == machines[1] ? moment.label ?? "" : machine),
        Table.Cell(moment.origin, .faint))
    }
    page.add(table)
  }

  /// Writes what the comparison can't show.
  private mutating func writeKind() {
    switch growth.kind {
    case .growth: break
    case .levels:
      page.sentence(
        "The machine was booted in between: these are levels of two boots, not growth.", .warning,
        indent: 0)
    case .comparison:
      page.sentence("Two machines: a comparison, not growth.", .warning, indent: 0)
    case .assumed:
      page.sentence(
        "Nothing in the files tells whether both are of one boot; it is taken for granted.",
        .warning, indent: 0)
    }
    if growth.isReversed {
      page.sentence(
        "The first is the later one: give the earlier snapshot first.", .warning, indent: 0)
    }
  }

  private mutating func writeTotals() {
    let span = growth.seconds.map { "in \(Amount.duration($0))" } ?? "time between unknown"
    page.heading("Memory", note: span)
    var table = Table([.text(""), .number(""), .number(""), .number("")])
    var rows = [("available", growth.available), ("free", freeChange)]
      .filter { $0.1 != BeforeAfter(nil, nil) }
    if growth.total.growth != 0, growth.total != BeforeAfter(nil, nil) {
      rows.append(("in all (MemTotal)", growth.total))
    }
    for (title, change) in rows {
      table.add(
        Table.Cell(title), Self.cell(change.before), Self.cell(change.after), Self.grown(change))
    }
    page.add(table)
  }

  var isGrowth: Bool { growth.kind.isGrowth }

  private var freeChange: BeforeAfter {
    growth.classes.first { $0.memoryClass == .free }?.bytes ?? BeforeAfter(nil, nil)
  }

  static func cell(_ bytes: Int64?) -> Table.Cell {
    bytes.map { Table.Cell(Amount.short($0)) } ?? Table.Cell("unknown", .warning)
  }

  /// The growth, with what a tool's rounding may hide of it.
  static func grown(_ change: BeforeAfter, rounding: Int64 = 0) -> Table.Cell {
    change.growth.map {
      Table.Cell(Amount.signed($0) + (rounding > 0 ? " ±\(Amount.short(rounding))" : ""))
    } ?? Table.Cell("unknown", .warning)
  }
}

extension Growth {
  /// The remarks on both moments' sources, each with its moment.
  var remarks: [String] {
    before.notes.map { "from: \($0)" } + after.notes.map { "to: \($0)" }
  }
}
