package import KmemAnalysis

/// A value as it was recorded: where it differs from the one before it.
package struct HistoryRow: Hashable, Sendable {
  package let bootID: String
  package let hostname: String?
  package let series: SeriesID
  /// Nanoseconds since boot.
  package let time: Int64
  /// Seconds since 1970 UTC; nothing for a value older than the rounds that are kept.
  package let wall: Int64?
  /// Nothing where it went missing.
  package let value: Int64?
}

extension History {
  /// Gives every recorded value to the body, run by run, each run in the order of time.
  ///
  /// Values that don't change have one row; between two rows the earlier one holds.
  package func forEachRow(_ body: (HistoryRow) throws -> Void) throws {
    let rows = try database.statement(
      """
      SELECT boot, host, kind, key, value.time, tick.wall, value.value
      FROM value JOIN run ON run.id = value.run JOIN series ON series.id = value.series
        JOIN member ON member.run = value.run AND member.series = value.series
        LEFT JOIN tick ON tick.run = value.run AND tick.part = member.part
          AND tick.time = value.time
      ORDER BY value.run, value.time, value.series
      """)
    while try rows.step() {
      guard let series = SeriesID(rows, kind: 2, key: 3) else { continue }
      try body(
        HistoryRow(
          bootID: rows.text(0) ?? "", hostname: rows.text(1), series: series,
          time: rows.number(4) ?? 0, wall: rows.number(5), value: rows.number(6)))
    }
  }
}

extension History {
  /// How many series are of a kind, or have a key, that this version doesn't know.
  package func unknownSeries() throws(HistoryError) -> Int {
    let rows = try database.statement("SELECT kind, key FROM series")
    var count = 0
    while try rows.step() {
      if SeriesID(rows, kind: 0, key: 1) == nil { count += 1 }
    }
    return count
  }
}

extension SeriesID {
  /// The series that a row names; nothing for one that this version doesn't know.
  init?(_ row: Statement, kind: CInt, key: CInt) {
    guard let kind = row.text(kind).flatMap(Kind.init), let key = row.text(key) else { return nil }
    self.init(kind, key: key)
  }
}
