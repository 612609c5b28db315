internal import KmemAnalysis

/// Series as the first format of a history named them: by kind and title, with a unit, and with who
/// held the memory, as it was judged then.
///
/// Only raw amounts are taken over. Whose memory it is follows from them anew; sums by side, which
/// were recorded too, are computed.
enum FirstFormat {
  /// Puts the series of a file of the first format into the table `series`, and drops what isn't raw.
  static func moveSeries(_ database: Database) throws(HistoryError) {
    try copySeries(database, from: "series", to: "second_series")
    try database.execute(
      """
      DROP TABLE series;
      ALTER TABLE second_series RENAME TO series;
      DELETE FROM value WHERE series NOT IN (SELECT id FROM series);
      DELETE FROM member WHERE series NOT IN (SELECT id FROM series);
      """)
  }

  /// Lays a table of today's form over that of a file which is only read.
  static func coverSeries(_ database: Database) throws(HistoryError) {
    try database.execute(
      """
      CREATE TEMP TABLE series(
        id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, reclaimable INTEGER,
        UNIQUE(kind, key));
      """)
    try copySeries(database, from: "main.series", to: "temp.series")
  }

  private static func copySeries(_ database: Database, from old: String, to new: String)
    throws(HistoryError)
  {
    let rows = try database.statement("SELECT id, kind, name, holder FROM \(old)")
    let insert = try database.statement(
      "INSERT OR IGNORE INTO \(new)(id, kind, key, reclaimable) VALUES(?, ?, ?, ?)")
    while try rows.step() {
      let (kind, name) = (rows.text(1) ?? "", rows.text(2) ?? "")
      guard let series = series(kind, name) else { continue }
      try insert.run([
        .init(rows.number(0)), .text(series.kind.rawValue), .text(series.key),
        .init(reclaimable(series, holder: rows.text(3) ?? "")),
      ])
    }
  }

  /// The series; nothing for sums by side, and for what no version ever recorded.
  static func series(_ kind: String, _ name: String) -> SeriesID? {
    if kind == "side" { return name == "memory in use" ? .system : nil }
    guard let kind = SeriesID.Kind(rawValue: kind) else { return nil }
    switch kind {
    case .memoryClass: return classes[name].map(SeriesID.memoryClass)
    case .count: return counts[name].map(SeriesID.count)
    case .system, .side: return nil
    case .slabCache, .vmallocCaller, .allocationSite, .module, .cgroup, .process, .processShared,
      .processFiles, .command:
      return SeriesID(kind, key: name)
    }
  }

  /// Who held a cache told whether it was counted as reclaimable: `cache`, else `owner`.
  private static func reclaimable(_ series: SeriesID, holder: String) -> Int64? {
    guard series.kind == .slabCache else { return nil }
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
    // Both of the GPU's amounts were one.
    "GPU": .gpuActive, "memory map": .memoryMap, "unaccounted": .unaccounted,
  ]
}
