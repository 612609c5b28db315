internal import KmemAnalysis

/// Series as the first format of a history named them: by kind and title, with a unit, and with the
/// holder of the memory as it was judged then.
///
/// Only raw amounts are taken over. Whose the memory is follows from them anew; sums by side, which
/// were recorded too, are computed.
enum FirstFormat {
  /// Puts the series of a file of the first format into the table `series`, and drops sums by side.
  ///
  /// A series that this version doesn't know keeps its name, since another version may know it.
  static func moveSeries(_ database: Database) throws(HistoryError) {
    try copySeries(database, from: "series", to: "second_series", members: "member")
    try database.execute(
      """
      DROP TABLE series;
      ALTER TABLE second_series RENAME TO series;
      DELETE FROM value WHERE series NOT IN (SELECT id FROM series);
      DELETE FROM member WHERE series NOT IN (SELECT id FROM series);
      """)
  }

  /// Lays tables of today's form over those of a file which is only read.
  static func coverSeries(_ database: Database) throws(HistoryError) {
    try database.execute(
      """
      CREATE TEMP TABLE series(
        id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, UNIQUE(kind, key));
      CREATE TEMP TABLE member(
        run INTEGER, series INTEGER, part TEXT, reclaimable INTEGER, PRIMARY KEY(run, series));
      INSERT INTO temp.member(run, series, part) SELECT run, series, part FROM main.member;
      """)
    try copySeries(database, from: "main.series", to: "temp.series", members: "temp.member")
  }

  private static func copySeries(
    _ database: Database, from old: String, to new: String, members: String
  ) throws(HistoryError) {
    let rows = try database.statement("SELECT id, kind, name, holder FROM \(old)")
    let insert = try database.statement(
      "INSERT OR IGNORE INTO \(new)(id, kind, key) VALUES(?, ?, ?)")
    let mark = try database.statement("UPDATE \(members) SET reclaimable = ? WHERE series = ?")
    while try rows.step() {
      let (kind, name) = (rows.text(1) ?? "", rows.text(2) ?? "")
      let series = series(kind, name)
      guard series != nil || kind != SeriesID.Kind.side.rawValue else { continue }
      let identifier = Statement.Value(rows.number(0))
      try insert.run([
        identifier, .text(series?.kind.rawValue ?? kind), .text(series?.key ?? name),
      ])
      guard let flag = reclaimable(series, holder: rows.text(3) ?? "") else { continue }
      try mark.run([.number(flag), identifier])
    }
  }

  /// The series of a kind and a name; nil for sums by side, and for names that no version ever
  /// recorded.
  static func series(_ kind: String, _ name: String) -> SeriesID? {
    if kind == "side" { return name == "memory in use" ? .system : nil }
    guard let kind = SeriesID.Kind(rawValue: kind) else { return nil }
    switch kind {
    case .memoryClass: return classes[name].map(SeriesID.memoryClass)
    case .count: return counts[name].map(SeriesID.count)
    case .system, .side: return nil
    case .slabCache, .vmallocCaller, .allocationSite, .module, .cgroup, .process, .processShared,
      .processFiles, .processThreads, .processChildren, .processZombies, .processSpace, .command,
      .commandProcesses:
      return SeriesID(kind, key: name)
    }
  }

  /// Whether a cache was counted as reclaimable, by its holder: `cache` if it was, else `owner`.
  private static func reclaimable(_ series: SeriesID?, holder: String) -> Int64? {
    guard series?.kind == .slabCache else { return nil }
    switch holder {
    case "cache": return 1
    case "owner": return 0
    default: return nil
    }
  }

  private static let counts: [String: KernelCount] = [
    "open files": .openFiles, "sockets": .sockets, "threads": .threads,
  ]

  /// The titles that classes had.
  private static let classes: [String: MemoryClass] = [
    "anonymous": .anonymous, "shmem and tmpfs": .shmem, "LRU, other": .lruInTransit,
    "page cache": .pageCache, "slab, reclaimable": .slabReclaimable,
    "other reclaimable": .kernelMiscReclaimable, "slab, unreclaimable": .slabUnreclaimable,
    "kernel stacks": .kernelStacks, "shadow call stacks": .shadowCallStacks,
    "page tables": .pageTables, "secondary page tables": .secPageTables, "percpu": .percpu,
    "vmalloc": .vmalloc, "huge pages": .hugePages, "bounce buffers": .bounce,
    "quicklists": .quicklists, "FUSE writeback": .writebackTemp,
    "hardware corrupted": .hardwareCorrupted, "zram and zswap": .zspages,
    // The first format had one amount for both of the GPU's.
    "GPU": .gpuActive, "memory map": .memoryMap, "unaccounted": .unaccounted,
  ]
}
