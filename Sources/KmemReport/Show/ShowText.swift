package import KmemAnalysis
import KmemParsers
import KmemSnapshot

/// The health of one moment, as text: what is wrong first, then what holds memory.
package struct ShowText: TextReport {
  let health: Health
  let isVerbose: Bool
  /// The page that the answer is written to.
  package var page: TextPage

  /// Prepares the text; `isVerbose` shows whole tables.
  package init(_ health: Health, style: Style, isVerbose: Bool) {
    self.health = health
    self.isVerbose = isVerbose
    page = TextPage(style)
  }

  /// Writes the findings, the tables, and the verdict as the last line.
  package mutating func write() {
    page.moment(health.moment)
    writeFindings()
    writeBooks()
    writeZones()
    writeCaches()
    writeCallers()
    writeTags()
    if let sentence = health.pageHolder?.sentence {
      page.heading("Pages", note: "page_owner")
      page.sentence(sentence)
    }
    if let programs = health.listedPrograms {
      page.heading("Programs", note: programs.form.words)
      page.sentence(programs.sentence)
    }
    writeLedger(limit: isVerbose ? .max : 5)
    writeMeetings()
    page.heading("Sources")
    page.coverage(health.moment, isVerbose: isVerbose)
    page.remarks(health.moment.notes, isVerbose: isVerbose)
    let verdict = ShowVerdict(health)
    page.verdict(verdict.sentence, verdict.severity.map(Self.tone) ?? .good)
  }

  private mutating func writeFindings() {
    guard !health.findings.isEmpty || !health.gaps.isEmpty || !health.accepted.isEmpty else {
      return
    }
    page.heading("What stands out")
    for finding in health.findings {
      page.sentence(
        "\(finding.severity.rawValue): \(finding.sentence)", Self.tone(finding.severity))
      page.sentence(finding.remedy, .faint, indent: 4)
    }
    for gap in health.gaps {
      page.sentence("incomplete: \(gap.sentence)")
      page.sentence(gap.remedy, .faint, indent: 4)
    }
    if let accepted = health.acceptedWords { page.sentence(accepted, .faint) }
    guard isVerbose else { return }
    for finding in health.accepted { page.sentence(finding.sentence, .faint, indent: 4) }
  }

  private mutating func writeBooks() {
    guard let books = health.books else {
      page.heading("Memory")
      page.sentence("no books: \(health.booksMissingSentence)", .warning)
      guard !health.knownClasses.isEmpty else { return }
      return page.add(BooksTable(health.knownClasses, width: page.style.width).table)
    }
    let available = health.availability.map {
      $0.isUpperBound
        ? ", at most \(Amount.short($0.bytes)) available"
        : ", \(Amount.short($0.bytes)) available\($0.isComputed ? " (computed)" : "")"
    }
    page.heading("Memory", note: "\(Amount.short(books.total)) in all\(available ?? "")")
    page.figure(books.figure)
    page.add(BooksTable(books, isVerbose: isVerbose, width: page.style.width).table)
    if let sums = health.sums { page.sentence(sums) }
    guard isVerbose else { return }
    for note in books.notes { page.sentence(note.sentence, .faint) }
  }

  private mutating func writeZones() {
    guard !health.zones.isEmpty else {
      guard let missing = health.zonesMissing else { return }
      page.heading("Zones")
      return page.sentence("no zones: zoneinfo is \(missing.words)", .warning)
    }
    let tables = ZoneTables(health.zones)
    page.heading("Zones", note: "free memory against the watermarks")
    page.figure(health.zones.figure)
    page.add(tables.watermarks)
    if isVerbose { page.add(tables.protection) }
    guard health.zones.contains(where: { $0.fragmentation != nil }) else { return }
    page.heading(
      "Fragmentation", note: "percent of free memory too broken up, by order of the request")
    page.figure(health.zones.fragmentationFigure)
    for table in tables.fragmentation(width: page.style.width, .unusable) { page.add(table) }
    guard isVerbose else { return }
    page.heading(
      "Why a request would fail", note: "0 lack of memory … 1 fragmentation; - it would not")
    for table in tables.fragmentation(width: page.style.width, .external) { page.add(table) }
  }

  private mutating func writeCaches() {
    guard let slab = health.slab else {
      page.heading("Slab caches")
      return page.sentence(
        "no caches: slabinfo is \(health.slabMissing?.words ?? "missing")", .warning)
    }
    page.heading("Slab caches", note: "\(slab.caches.count) caches, \(Amount.short(slab.bytes))")
    let shown = isVerbose ? slab.caches[...] : slab.caches.prefix(10)
    page.figure(
      BarFigure.ranked(
        "The largest slab caches", slab.caches.prefix(10).map { ($0.name, $0.bytes, $0.side) }))
    page.add(CacheTable(shown, owners: health.cacheOwners).table)
    let rest = slab.caches.dropFirst(shown.count)
    if !rest.isEmpty {
      page.sentence(
        "+ \(rest.count) cache\(rest.count == 1 ? "" : "s") with \(Amount.short(rest.sum(\.bytes))) in all "
          + "(-v shows them)", .faint)
    }
    if !slab.impossible.isEmpty {
      page.sentence(
        "left out, for numbers no machine can have: \(slab.impossible.joined(separator: ", "))",
        .warning)
    }
  }

  private static func tone(_ severity: Finding.Severity) -> Style.Tone {
    switch severity {
    case .critical: .bad
    case .warning: .warning
    case .note: .none
    }
  }
}

extension ShowText {
  /// Writes the holders of kernel memory, where a source names holders.
  private mutating func writeLedger(limit: Int) {
    let isNamed = health.ledger.rows.contains { $0.holder.module != nil && $0.total >= 64 << 10 }
    guard isNamed || !health.allocationSites.elements.isEmpty else { return }
    page.heading("Holders", note: "kernel memory by module, else by directory of source")
    let table = HolderTable(health.ledger, isGrowth: false, limit: limit, width: page.style.width)
    page.add(table.table)
    if table.folded > 0 { page.sentence("+ \(table.folded) more (-v shows them)", .faint) }
  }

  private mutating func writeCallers() {
    let limit = isVerbose ? Int.max : 5
    if case .listed(let callers) = health.vmallocCallers, !callers.isEmpty {
      page.heading("vmalloc callers", note: Amount.short(callers.sum(\.bytes)))
      page.figure(
        BarFigure.ranked(
          "The largest callers of vmalloc", callers.prefix(10).map { ($0.name.title, $0.bytes) }))
      var table = Table([.number(""), .number(""), .text("", shrinks: true)])
      for caller in callers.prefix(limit) {
        let module = caller.name.module.map { " [\($0)]" } ?? ""
        table.add(
          Table.Cell(Amount.short(caller.bytes)), Table.Cell("\(caller.count)×"),
          Table.Cell(caller.name.caller + module))
      }
      page.add(table)
    }
  }

  private mutating func writeTags() {
    let tags = health.allocationSites.elements.filter { $0.bytes > 0 }
    guard !tags.isEmpty else { return }
    page.heading("Lines of source that hold memory", note: "allocinfo")
    page.figure(
      BarFigure.ranked(
        "The lines that hold most", tags.prefix(10).map { (TagWords.words($0.name), $0.bytes) }))
    var table = Table([.number(""), .number(""), .text("", shrinks: true)])
    for tag in tags.prefix(isVerbose ? 50 : 5) {
      table.add(
        Table.Cell(Amount.short(tag.bytes)), Table.Cell("\(Amount.count(tag.count))×"),
        Table.Cell(TagWords.words(tag.name)))
    }
    page.add(table)
  }

  private mutating func writeMeetings() {
    guard !health.crossChecks.isEmpty else { return }
    page.heading("Sums that should meet")
    page.add(MeetingTable(health.crossChecks).table)
    guard isVerbose else { return }
    for meeting in health.crossChecks {
      page.sentence("\(meeting.sums.parts): \(meeting.sums.explanation)", .faint)
    }
  }
}
