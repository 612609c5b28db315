internal import KmemAnalysis

/// A value as it was recorded: where it differs from the one before it.
package struct HistoryRow: Hashable, Sendable {
  package let bootID: String
  package let hostname: String?
  package let key: HistoryKey
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
      SELECT boot, host, kind, name, unit, holder, value.time, tick.wall, value.value
      FROM value JOIN run ON run.id = value.run JOIN series ON series.id = value.series
        JOIN member ON member.run = value.run AND member.series = value.series
        LEFT JOIN tick ON tick.run = value.run AND tick.part = member.part
          AND tick.time = value.time
      ORDER BY value.run, value.time, value.series
      """)
    while try rows.step() {
      let key = HistoryKey(
        kind: rows.text(2) ?? "", name: rows.text(3) ?? "",
        unit: TrendUnit(stored: rows.text(4) ?? "bytes"),
        holder: rows.text(5).flatMap(Series.Holder.init) ?? .owner)
      try body(
        HistoryRow(
          bootID: rows.text(0) ?? "", hostname: rows.text(1), key: key, time: rows.number(6) ?? 0,
          wall: rows.number(7), value: rows.number(8)))
    }
  }
}
