internal import KmemAnalysis

/// Writes rounds of samples into a history, of each only what changed.
///
/// Each round is one transaction: a process killed at any moment leaves the rounds before it.
/// Several recorders may write one file; each is a run of its own, since only the recorder itself
/// knows its last values.
package final class HistoryRecorder {
  /// Where the history lies.
  package let path: String
  private let run: HistoryRun
  private(set) var history: History
  private var number: Int64 = 0
  private var identifiers: [SeriesID: Int64] = [:]
  /// The latest value of each series that has one, by the group it is sampled in.
  private var latest: [String: [SeriesID: Int64]] = [:]
  /// What happened to the file while it was opened, as sentences for the user.
  package private(set) var warnings: [String] = []

  /// Opens the history and begins a run in it.
  ///
  /// - Throws: `HistoryError`, as `History.writing` does.
  package init(_ path: String, run: HistoryRun) throws(HistoryError) {
    self.path = path
    self.run = run
    history = try History.writing(path)
    try begin()
  }

  /// Records a round; if the file turns out to be damaged, into a new one.
  ///
  /// - Throws: `HistoryError`: `.busy` or `.full` if the file can't be written now, and what
  ///   `History.writing` throws for a new one.
  package func record(_ round: HistoryRound) throws(HistoryError) {
    do {
      try write(round)
    } catch let error where error.kind == .damaged {
      try reopen()
      try write(round)
    }
  }

  private func reopen() throws(HistoryError) {
    history = try History.writing(path)
    identifiers = [:]
    latest = [:]
    try begin()
  }

  private func begin() throws(HistoryError) {
    if let warning = history.warning { warnings.append(warning) }
    let database = history.database
    let insert = try database.statement(
      "INSERT INTO run(boot, machine, host, release, wall) VALUES(?, ?, ?, ?, ?)")
    try insert.run([
      .text(run.bootID), .init(run.machineID), .init(run.hostname), .init(run.release),
      .number(run.wall),
    ])
    number = try database.number("SELECT last_insert_rowid()") ?? 0
  }

  private func write(_ round: HistoryRound) throws(HistoryError) {
    var before = latest[round.group] ?? [:]
    var known = identifiers
    try history.database.transaction { () throws(HistoryError) in
      if try !isRecorded(round.group) {
        // Another process trimmed away the values that this run relies on: the round is written in
        // full.
        before = [:]
        known = [:]
      }
      try tick(round)
      for (key, value) in round.values where before[key] != value {
        try put(try identifier(key, round, &known), round.time, value)
      }
      for key in before.keys where round.values[key] == nil {
        try put(try identifier(key, round, &known), round.time, nil)
      }
    }
    // Only values in the file count as known; a series that is gone, such as a process, is
    // forgotten.
    for key in before.keys where round.values[key] == nil { known[key] = nil }
    identifiers = known
    latest[round.group] = round.values
  }

  private func isRecorded(_ group: String) throws(HistoryError) -> Bool {
    let rows = try history.database.statement(
      "SELECT 1 FROM tick WHERE run = ? AND part = ? LIMIT 1")
    try rows.bind([.number(number), .text(group)])
    return try rows.step()
  }

  private func tick(_ round: HistoryRound) throws(HistoryError) {
    try history.database.statement(
      "INSERT OR REPLACE INTO tick(run, part, time, wall) VALUES(?, ?, ?, ?)"
    )
    .run([.number(number), .text(round.group), .number(round.time), .number(round.wall)])
  }

  private func put(_ series: Int64, _ time: Int64, _ value: Int64?) throws(HistoryError) {
    try history.database.statement(
      "INSERT OR REPLACE INTO value(run, series, time, value) VALUES(?, ?, ?, ?)"
    )
    .run([.number(number), .number(series), .number(time), .init(value)])
  }

  private func identifier(
    _ series: SeriesID, _ round: HistoryRound, _ known: inout [SeriesID: Int64]
  ) throws(HistoryError) -> Int64 {
    if let identifier = known[series] { return identifier }
    let database = history.database
    try database.statement("INSERT OR IGNORE INTO series(kind, key) VALUES(?, ?)")
      .run([.text(series.kind.rawValue), .text(series.key)])
    let find = try database.statement("SELECT id FROM series WHERE kind = ? AND key = ?")
    try find.bind([.text(series.kind.rawValue), .text(series.key)])
    let identifier = try find.step() ? find.number(0) ?? 0 : 0
    try database.statement(
      "INSERT OR IGNORE INTO member(run, series, part, reclaimable) VALUES(?, ?, ?, ?)"
    )
    .run([
      .number(number), .number(identifier), .text(round.group),
      .init(round.isReclaimable(series)),
    ])
    known[series] = identifier
    return identifier
  }

  /// Keeps the file within limits; see `History.trim`.
  ///
  /// - Throws: `HistoryError`, as `History.trim` does.
  package func trim(olderThan days: Int64, bytes: Int64) throws(HistoryError) {
    try history.trim(olderThan: days, bytes: bytes)
  }
}

extension HistoryRound {
  /// Whether the kernel counts a cache as reclaimable, as the table of series has it.
  fileprivate func isReclaimable(_ series: SeriesID) -> Int64? {
    guard case .slabCache(let name) = series else { return nil }
    return reclaimable[name].map { $0 ? 1 : 0 }
  }
}
