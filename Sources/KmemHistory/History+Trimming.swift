extension History {
  /// Deletes rounds older than `days` of recorded time, and the oldest ones while the file is larger
  /// than `bytes`.
  ///
  /// A round's age is told by the order of the boots and by the time since boot: clocks are set while
  /// a recorder runs, by hours or by decades, and nothing is lost for that. Time in which no recorder
  /// ran on any boot makes nothing older. Room is given back to the disk. Files of less than 64 KiB
  /// aren't made smaller.
  ///
  /// - Throws: `HistoryError` of kind `.damaged`, `.busy`, `.full` or `.failed` if SQLite can't do
  ///   it.
  package func trim(olderThan days: Int64, bytes: Int64) throws(HistoryError) {
    let (span, overflow) = max(0, days).multipliedReportingOverflow(by: 86400 * 1_000_000_000)
    if !overflow { try delete(before: try start(ofLast: span)) }
    for _ in 0..<40 {
      guard try self.bytes() > max(bytes, 65536), let start = try startWithoutTenth() else { break }
      try delete(before: start)
    }
    try shrink()
  }

  /// The bytes in use, without those of free pages.
  ///
  /// - Throws: `HistoryError` of kind `.damaged`, `.busy` or `.failed` if the file can't be read.
  package func bytes() throws(HistoryError) -> Int64 {
    let pages = try database.number("PRAGMA page_count") ?? 0
    let free = try database.number("PRAGMA freelist_count") ?? 0
    return (pages - free).multipliedReportingOverflow(
      by: try database.number("PRAGMA page_size") ?? 0
    ).partialValue
  }

  /// Where the latest nanoseconds of all recorded time begin; nil where less is recorded.
  private func start(ofLast span: Int64) throws(HistoryError) -> Start? {
    var left = span
    for boot in try boots().reversed() {
      let length = boot.last - boot.first
      guard left > length else { return Start(boot: boot.order, time: boot.last - left) }
      left -= length
    }
    return nil
  }

  /// Where a tenth of the rounds has passed, and at least one; nil where all are of one moment.
  private func startWithoutTenth() throws(HistoryError) -> Start? {
    let boots = try boots()
    var left = max(1, boots.map(\.rounds).reduce(0, +) / 10)
    for boot in boots {
      guard left >= boot.rounds else {
        let time = try database.number(
          "SELECT time FROM tick JOIN place ON place.run = tick.run WHERE boot = \(boot.order)"
            + " ORDER BY time LIMIT 1 OFFSET \(left)")
        return time.flatMap { $0 > boot.first ? Start(boot: boot.order, time: $0) : nil }
          ?? (boot.first < boot.last ? Start(boot: boot.order, time: boot.first + 1) : nil)
      }
      left -= boot.rounds
      if left == 0, boot.order != boots.last?.order {
        return Start(boot: boot.order + 1, time: Int64.min)
      }
    }
    return nil
  }

  /// A moment of a boot, the boots counted in the order in which they were recorded.
  private struct Start {
    let boot: Int64
    let time: Int64
  }

  /// A boot with its first and last round.
  private struct Boot {
    let order: Int64
    let first: Int64
    let last: Int64
    let rounds: Int64
  }

  /// The boots that have rounds, the earliest recorded first; `place` tells each run's.
  private func boots() throws(HistoryError) -> [Boot] {
    try database.execute(
      """
      DROP TABLE IF EXISTS place;
      CREATE TEMP TABLE place(run INTEGER PRIMARY KEY, boot INTEGER NOT NULL);
      INSERT INTO place SELECT id, dense_rank() OVER (ORDER BY first) FROM (
        SELECT id, min(id) OVER (PARTITION BY boot) AS first FROM run
        WHERE id IN (SELECT run FROM tick));
      """)
    let rows = try database.statement(
      """
      SELECT boot, min(time), max(time), count(*) FROM tick JOIN place ON place.run = tick.run
      GROUP BY boot ORDER BY boot
      """)
    var boots: [Boot] = []
    while try rows.step() {
      guard let order = rows.number(0), let first = rows.number(1), let last = rows.number(2)
      else { continue }
      boots.append(Boot(order: order, first: first, last: last, rounds: rows.number(3) ?? 0))
    }
    return boots
  }

  private func delete(before start: Start?) throws(HistoryError) {
    guard let start else { return }
    try database.transaction { () throws(HistoryError) in
      try database.statement(
        """
        DELETE FROM tick WHERE run IN (SELECT run FROM place WHERE boot < ?1)
          OR (time < ?2 AND run IN (SELECT run FROM place WHERE boot = ?1))
        """
      ).run([.number(start.boot), .number(start.time)])
      // The last value before a run's first round that is left still holds at that round.
      try database.execute(
        """
        CREATE TEMP TABLE IF NOT EXISTS start(run INTEGER PRIMARY KEY, time INTEGER);
        DELETE FROM start;
        INSERT INTO start SELECT run, min(time) FROM tick GROUP BY run;
        DELETE FROM value WHERE run NOT IN (SELECT run FROM start) OR EXISTS (
          SELECT 1 FROM value AS later JOIN start ON start.run = later.run
          WHERE later.run = value.run AND later.series = value.series
            AND later.time > value.time AND later.time <= start.time);
        DELETE FROM member WHERE NOT EXISTS (
          SELECT 1 FROM value WHERE value.run = member.run AND value.series = member.series);
        DELETE FROM series WHERE id NOT IN (SELECT series FROM member);
        """)
    }
  }

  private func shrink() throws(HistoryError) {
    try database.execute("PRAGMA incremental_vacuum")
    // While others read, the log can't be emptied; the next trimming does it then.
    try? database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
  }
}
