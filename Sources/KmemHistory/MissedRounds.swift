/// Rounds of samples that couldn't be written yet, the oldest first.
package struct MissedRounds {
  /// So many are kept: a round of three thousand series takes some 300 KiB.
  package static let limit = 64

  /// Those that are kept.
  package private(set) var rounds: [HistoryRound] = []
  /// How many older ones had to be let go.
  package private(set) var lost = 0

  /// Begins without rounds.
  package init() {}

  /// Keeps one more; the oldest goes where there is no room.
  package mutating func add(_ round: HistoryRound) {
    rounds.append(round)
    guard rounds.count > Self.limit else { return }
    rounds.removeFirst()
    lost += 1
  }

  /// Writes them, and forgets those that were written.
  ///
  /// - Throws: what `record` throws; that round and those after it are kept.
  package mutating func write(
    _ record: (HistoryRound) throws(HistoryError) -> Void
  ) throws(HistoryError) {
    var written = 0
    defer { rounds.removeFirst(written) }
    for round in rounds {
      try record(round)
      written += 1
    }
  }
}
