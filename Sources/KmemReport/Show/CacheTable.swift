import KmemAnalysis

/// Slab caches by size.
struct CacheTable {
  let table: Table

  init(_ caches: some Collection<SlabUsage.Cache>, owners: [String: [Candidate]] = [:]) {
    var table = Table([
      .number("held"), .number("objects"), .number("used"), .number("size"),
      .text("cache", shrinks: true), .prose(""),
    ])
    for cache in caches {
      table.add(
        Table.Cell(Amount.short(cache.bytes)), Table.Cell(Amount.count(cache.objects)),
        Table.Cell(Self.used(cache)),
        Table.Cell("\(cache.objectSizeError > 0 ? "≈" : "")\(cache.objectSize)"),
        Table.Cell(CacheWords.name(cache.name, rows: cache.rows)),
        Table.Cell(
          CacheWords.note(cache.meaning, aliases: cache.aliases, owners: owners[cache.name] ?? []),
          .faint))
    }
    self.table = table
  }

  private static func used(_ cache: SlabUsage.Cache) -> String {
    guard cache.objects > 0 else { return "" }
    return "\(Int(Double(cache.activeObjects) / Double(cache.objects) * 100))%"
  }
}

/// The remarks on a cache beside its numbers.
enum CacheWords {
  static func name(_ name: String, rows: Int) -> String { rows > 1 ? "\(name) (\(rows)×)" : name }

  /// What the cache's objects are, by its name; and which other names share it.
  static func note(
    _ meaning: CacheMeaning?, aliases: [String], owners: [Candidate] = []
  ) -> String {
    let words = [owner(owners), meaning?.objects, merged(aliases)].compactMap { $0 }
    return words.joined(separator: "; ")
  }

  /// Which code allocated the objects or made the cache: the first owner, and how many more there
  /// are.
  private static func owner(_ owners: [Candidate]) -> String? {
    guard let first = owners.first else { return nil }
    if first.confidence == .possible { return "\(OwnerFormat.set(owners)) (inferred)" }
    let more = owners.count > 1 ? " and \(owners.count - 1) more" : ""
    return "\(OwnerFormat.owner(first.owner))\(more) (\(OwnerFormat.grounds(first)))"
  }

  /// `one with A, B, C + 2`: the other names of a merged cache; nil where there are none.
  static func merged(_ aliases: [String]) -> String? {
    guard !aliases.isEmpty else { return nil }
    let shown = aliases.prefix(3).joined(separator: ", ")
    return "one with \(shown)\(aliases.count > 3 ? " + \(aliases.count - 3)" : "")"
  }
}

/// How a line of source is written.
enum TagWords {
  static func words(_ tag: AllocationSite) -> String {
    "\(tag.function) \(tag.file):\(tag.line)\(SeriesID.mark(tag.module))"
  }
}

/// Sums that should be equal, each with its gap.
struct MeetingTable {
  let table: Table

  init(_ meetings: [CrossCheck]) {
    var table = Table([
      .prose(""), .number(""), .prose(""), .number(""), .number("gap"),
    ])
    for meeting in meetings {
      table.add(
        Table.Cell(meeting.sums.parts), Table.Cell(Amount.short(meeting.partsBytes)),
        Table.Cell(meeting.sums.whole), Table.Cell(Amount.short(meeting.wholeBytes)),
        Table.Cell(Amount.signed(meeting.gap)))
    }
    self.table = table
  }
}
