import KmemParsers
package import KmemAnalysis

/// What was watched, as text: the whole system first, then the sides, then what grows; the verdict
/// last.
package struct WatchText: TextReport {
  private let report: WatchReport
  /// The most rows of a table.
  private let limit: Int
  /// Whether sampling goes on, so that the verdict isn't the last one.
  private let isLive: Bool
  /// The page that the answer is written to.
  package var page: TextPage

  /// Prepares the text; `isLive` puts the verdict so far first, as sampling goes on.
  package init(_ report: WatchReport, style: Style, limit: Int, isLive: Bool = false) {
    self.report = report
    self.limit = limit
    self.isLive = isLive
    page = TextPage(style)
  }

  /// Writes the tables, the verdict and what to do next.
  package mutating func write() {
    writeHead()
    // A screen may be too short for the whole text, so the answer comes first there.
    if isLive { writeVerdict() }
    writeSystem()
    writeGrowing()
    writeOpen()
    guard !isLive else { return }
    writeNext()
    writeVerdict()
  }

  private mutating func writeVerdict() {
    let verdict = WatchVerdict(report, isLive: isLive)
    page.verdict(verdict.sentence, report.conclusion.tone)
  }

  private mutating func writeHead() {
    let facts = report.facts
    let host = facts.hostname ?? "unknown host"
    page.sentence(facts.release.map { "\(host) · Linux \($0)" } ?? host, indent: 0)
    var words = "watched \(Amount.duration(report.seconds)), \(WatchFormat.samples(report.samples))"
    if let interval = facts.interval { words += ", every \(Amount.duration(interval))" }
    if facts.recorded > 0 {
      words += "; \(Amount.duration(facts.recorded)) of it from the history"
    }
    if let first = facts.firstWall, let last = facts.lastWall, facts.origin != nil {
      words += ", \(Dates.words(first)) to \(Dates.words(last))"
    }
    page.sentence(words, indent: 0)
    for gap in facts.remarks { page.sentence(gap.sentence, .faint, indent: 0) }
  }

  private mutating func writeSystem() {
    page.heading("Memory", note: "does it go away, and whose is it?")
    guard let inUse = report.inUse else {
      return page.sentence("unknown: \(Meminfo.file.absolutePath) could not be read", .warning)
    }
    var table = Table([
      .number("now"), .number("gained"), .picture(), .text(""), .prose(""),
    ])
    for row in [inUse] + report.sides {
      table.add(
        Table.Cell(WatchFormat.amount(row, row.latest)), Table.Cell(WatchFormat.growth(row)),
        bars(row), Table.Cell(row.id.name),
        Table.Cell(
          isNarrow ? WatchFormat.shortState(row) : WatchFormat.state(row),
          row.verdict.conclusion.tone))
    }
    page.figure(inUse.figure(report.facts))
    page.add(table)
    if let exhaustion = inUse.verdict.exhaustion {
      page.sentence(
        "At this rate what is available lasts \(Amount.duration(exhaustion)).", .warning)
    }
  }

  private mutating func writeGrowing() {
    let rows = report.growing + report.lines
    guard !rows.isEmpty else { return }
    page.heading(
      "What grows",
      note: isNarrow ? "the fastest first" : "the fastest first; 95 % sure to be in the range")
    var table = Table(
      [.number("rate")] + (isNarrow ? [] : [.text("range")]) + [
        .number("now"), .picture(), .text("", shrinks: true), .prose(""),
      ])
    for row in rows.prefix(limit) {
      let range = Table.Cell(WatchFormat.interval(row) ?? "", .faint)
      table.add(
        [Table.Cell(WatchFormat.hourly(row, row.rate), row.verdict.conclusion.tone)]
          + (isNarrow ? [] : [range]) + [
            Table.Cell(WatchFormat.amount(row, row.latest)), bars(row),
            Table.Cell(row.id.title), Table.Cell(note(row), .faint),
          ])
    }
    page.figure(report.rates)
    for row in rows.prefix(10) {
      page.figure(row.figure(report.facts))
      page.figure(row.figure(report.facts, lastTenth: true))
    }
    page.add(table)
    if rows.count > limit { page.sentence("+ \(rows.count - limit) more (-v shows them)", .faint) }
  }

  /// Whether the terminal is narrow, so that tables leave out what the verdict and JSON also tell.
  private var isNarrow: Bool { page.style.width.map { $0 < 110 } ?? false }

  private func bars(_ row: WatchRow) -> Table.Cell {
    Table.Cell(Sparkline.text(row.values, columns: isNarrow ? 8 : 16))
  }

  private func note(_ row: WatchRow) -> String {
    let isHeld = row.verdict.conclusion == .heldForUserSpace
    // A narrow terminal needs its columns for the names.
    if isNarrow { return isHeld ? "held" : "" }
    if let owners = OwnerFormat.best(row.owners) { return owners }
    if isHeld { return "held for user space" }
    guard case .slabCache(let name) = row.id else { return "" }
    return CacheMeaning(name: name)?.objects ?? ""
  }

  private mutating func writeOpen() {
    guard !report.open.isEmpty else { return }
    page.heading("Not sure yet", note: "may be growing")
    var table = Table([
      .number("rate"), .number("now"), .picture(), .text("", shrinks: true), .prose(""),
    ])
    for row in report.open.prefix(3) { page.figure(row.figure(report.facts)) }
    for row in report.open.prefix(max(2, limit / 2)) {
      let time = row.verdict.secondsNeeded.map { "\(Amount.duration($0)) more" }
      let more = time.map { isNarrow ? $0 : "\($0) would tell" } ?? ""
      table.add(
        Table.Cell(WatchFormat.hourly(row, row.rate)),
        Table.Cell(WatchFormat.amount(row, row.latest)), bars(row),
        Table.Cell(row.id.title), Table.Cell(more, .faint))
    }
    page.add(table)
  }

  private mutating func writeNext() {
    guard !report.facts.next.isEmpty else { return }
    page.heading("What to do next")
    for step in report.facts.next {
      for sentence in step.sentences { write(sentence, hasCommand: step.endsInCommand) }
    }
  }

  /// A command that doesn't fit behind its sentence stands in a line of its own, unbroken.
  private mutating func write(_ sentence: String, hasCommand: Bool) {
    guard hasCommand, let width = page.style.width, TerminalText.width(sentence) + 2 > width,
      let colon = sentence.ranges(of: ": ").first
    else { return page.sentence(sentence) }
    page.sentence(String(sentence[..<colon.lowerBound]) + ":")
    page.line(String(sentence[colon.upperBound...]))
  }
}
