package import KmemAnalysis

/// A value as it was recorded: only where it differs from the one before it.
package struct HistoryRow: Sendable {
  /// Of which series on which boot it is: rows of one source share the three names that follow.
  package let source: Source
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

  /// A series on one boot, by the numbers that the history has for them.
  package struct Source: Hashable, Sendable {
    let run: Int64
    let series: Int64
  }
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
    let runs = try runNames()
    let series = try knownSeries()
    var walls = try WallTimes(of: database)
    // Rows of numbers are a fifth of the work of rows with their names, which a join would sort too.
    let rows = try database.statement(
      """
      SELECT value.run, value.series, value.time, member.part, value.value
      FROM value JOIN member ON member.run = value.run AND member.series = value.series
      ORDER BY value.run, value.time, value.series
      """)
    while try rows.step() {
      let source = HistoryRow.Source(run: rows.number(0) ?? 0, series: rows.number(1) ?? 0)
      guard let run = runs[source.run], let series = series[source.series] else { continue }
      let time = rows.number(2) ?? 0
      let wall = try walls.wall(run: source.run, part: rows.text(3) ?? "", time: time)
      try body(
        HistoryRow(
          source: source, bootID: run.bootID, hostname: run.hostname, series: series, time: time,
          wall: wall, value: rows.number(4)))
    }
  }

  private func runNames() throws(HistoryError) -> [Int64: (bootID: String, hostname: String?)] {
    let rows = try database.statement("SELECT id, boot, host FROM run")
    var names: [Int64: (bootID: String, hostname: String?)] = [:]
    while try rows.step() {
      names[rows.number(0) ?? 0] = (bootID: rows.text(1) ?? "", hostname: rows.text(2))
    }
    return names
  }

  private func knownSeries() throws(HistoryError) -> [Int64: SeriesID] {
    let rows = try database.statement("SELECT id, kind, key FROM series")
    var series: [Int64: SeriesID] = [:]
    while try rows.step() {
      series[rows.number(0) ?? 0] = SeriesID(rows, kind: 1, key: 2)
    }
    return series
  }
}

/// The times of day of ticks; values of one moment follow each other, so that the last of each part is kept.
private struct WallTimes {
  private let ticks: Statement
  private var last: [String: (run: Int64, time: Int64, wall: Int64?)] = [:]

  init(of database: Database) throws(HistoryError) {
    ticks = try database.statement("SELECT wall FROM tick WHERE run = ? AND part = ? AND time = ?")
  }

  mutating func wall(run: Int64, part: String, time: Int64) throws(HistoryError) -> Int64? {
    if let last = last[part], last.run == run, last.time == time { return last.wall }
    try ticks.bind([.number(run), .text(part), .number(time)])
    let wall = try ticks.step() ? ticks.number(0) : nil
    last[part] = (run: run, time: time, wall: wall)
    return wall
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
