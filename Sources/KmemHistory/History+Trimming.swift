extension History {
  /// Deletes rounds older than `days`, and the oldest ones while the file is larger than `bytes`.
  ///
  /// `wall` is the time now, in seconds since 1970 UTC. Room is given back to the disk. Files of
  /// less than 64 KiB aren't made smaller.
  ///
  /// - Throws: `HistoryError` of kind `.damaged`, `.busy`, `.full` or `.failed` if SQLite can't do
  ///   it.
  package func trim(olderThan days: Int64, now wall: Int64, bytes: Int64) throws(HistoryError) {
    let (span, overflow) = max(0, days).multipliedReportingOverflow(by: 86400)
    if !overflow { try delete(before: wall.subtractingReportingOverflow(span).partialValue) }
    for _ in 0..<40 {
      guard try self.bytes() > max(bytes, 65536), let cut = try tenth() else { break }
      try delete(before: cut)
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

  /// The wall time before which a tenth of the rounds lie; nil where all rounds are of one moment.
  private func tenth() throws(HistoryError) -> Int64? {
    let first = try database.number("SELECT min(wall) FROM tick")
    let last = try database.number("SELECT max(wall) FROM tick")
    guard let first, let last, last > first else { return nil }
    let cut = try database.number(
      "SELECT wall FROM tick ORDER BY wall LIMIT 1 OFFSET (SELECT count(*) / 10 FROM tick)")
    return max(cut ?? last, first + 1)
  }

  private func delete(before wall: Int64) throws(HistoryError) {
    try database.transaction { () throws(HistoryError) in
      try database.statement("DELETE FROM tick WHERE wall < ?").run([.number(wall)])
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
