package import KmemAnalysis

/// A value as it was recorded: only where it differs from the one before it.
package struct HistoryRow: Hashable, Sendable {
  /// The boot on which the value was read.
  package let bootID: String
  /// The host name that the recorder found; nil if it found none.
  package let hostname: String?
  /// Which amount it is.
  package let series: SeriesID
  /// Nanoseconds since boot.
  package let time: Int64
  /// Seconds since 1970 UTC; nothing for a value older than the rounds that are kept.
  package let wall: Int64?
  /// The amount; nil where it went missing.
  package let value: Int64?
}

extension History {
  /// Calls `body` with every recorded value, run by run, each run in the order of time.
  ///
  /// Values that don't change have one row: each holds until the next row of its series. Series of
  /// a kind that this version doesn't know are left out.
  ///
  /// - Throws: `HistoryError` of kind `.damaged`, `.busy` or `.failed` if the file can't be read,
  ///   and what `body` throws.
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
  ///
  /// - Throws: `HistoryError` of kind `.damaged`, `.busy` or `.failed` if the file can't be read.
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
  /// The series that a row names; nil for one that this version doesn't know.
  init?(_ row: Statement, kind: CInt, key: CInt) {
    guard let kind = row.text(kind).flatMap(Kind.init), let key = row.text(key) else { return nil }
    self.init(kind, key: key)
  }
}
