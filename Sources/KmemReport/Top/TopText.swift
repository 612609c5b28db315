package import KmemAnalysis
import KmemSnapshot

/// What holds kernel memory, in one table for each kind of holder.
package struct TopText: TextReport {
  /// The kinds of holders.
  package enum Kind: String, CaseIterable, Sendable {
    case classes, caches, modules, sites
  }

  private let top: KernelTop
  private let kinds: [Kind]
  /// The most rows of a table.
  private let limit: Int
  /// The page that the answer is written to.
  package var page: TextPage

  /// Prepares the tables of the kinds given; `limit` is the most rows of each.
  package init(_ top: KernelTop, style: Style, kinds: [Kind] = Kind.allCases, limit: Int) {
    self.top = top
    self.kinds = kinds
    self.limit = limit
    page = TextPage(style)
  }

  /// Writes the moment and the tables.
  package mutating func write() {
    page.moment(top.moment)
    for kind in kinds { write(kind) }
  }

  private mutating func write(_ kind: Kind) {
    let (title, note, rows) = contents(of: kind)
    page.heading(title, note: note)
    guard !rows.isEmpty else {
      return page.sentence(Self.unknown(top.moment), .warning)
    }
    let isLive = top.seconds != nil
    var table = Table(
      [.number("held")] + (isLive ? [.number("gained")] : [])
        + [.number(kind == .caches ? "objects" : ""), .text("", shrinks: true), .prose("")])
    for row in rows.prefix(limit) {
      let gained = row.gained.map { Table.Cell($0 == 0 ? "" : Amount.signed($0)) } ?? "unknown"
      table.add(
        [Table.Cell(Amount.short(row.held))] + (isLive ? [gained] : [])
          + [
            Table.Cell(row.count.map(Amount.count) ?? ""), Table.Cell(row.id.title),
            Table.Cell(words(row), .faint),
          ])
    }
    page.add(table)
    let rest = rows.dropFirst(limit)
    if !rest.isEmpty {
      page.sentence("+ \(rest.count) with \(Amount.short(rest.sum(\.held))) in all", .faint)
    }
  }

  /// Why a table has no rows: on the machine itself more may be read, in a file no more is there.
  private static func unknown(_ moment: Moment) -> String {
    switch moment.kind {
    case .live: "unknown: the files that tell it were not read; run as root"
    case .file: "unknown: \(moment.origin) doesn't hold the file that tells it"
    case .directory, .archive: "unknown: the files that tell it are not in \(moment.origin)"
    }
  }

  private func contents(of kind: Kind) -> (title: String, note: String, rows: [KernelTop.Row]) {
    let span = top.seconds.map { "gained in \(Amount.duration($0))" } ?? ""
    switch kind {
    case .classes: return ("Classes", span, top.classes)
    case .caches: return ("Slab caches", "with their owners, where something tells", top.caches)
    case .modules:
      return ("Holders", "by module, else by directory of source", top.modules)
    case .sites: return ("Call sites", sitesOrigin, top.sites)
    }
  }

  private var sitesOrigin: String {
    top.sitesOrigin == .allocationSite ? "lines of source, by allocinfo" : "callers of vmalloc"
  }

  private func words(_ row: KernelTop.Row) -> String {
    CacheWords.note(row.meaning, aliases: row.aliases, owners: row.owners)
  }
}

extension KernelTop.Holder {
  /// The name in a table of its kind.
  fileprivate var title: String {
    switch self {
    case .series(.allocationSite(let tag)): TagWords.words(tag)
    case .series(let id): id.name
    case .holder(let holder): holder.mark
    }
  }
}
