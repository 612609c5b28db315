/// A run of a recorder: whose, when, and how much.
package struct HistoryRange: Hashable, Sendable {
  package let bootID: String
  package let machineID: String?
  package let hostname: String?
  package let release: String?
  /// Seconds since 1970 UTC of the first and the last round.
  package let firstWall: Int64
  package let lastWall: Int64
  /// Nanoseconds since boot of the first and the last round.
  package let firstTime: Int64
  package let lastTime: Int64
  package let rounds: Int64
  package let series: Int64
}

extension History {
  /// The runs that have rounds, the latest last.
  package func ranges() throws(HistoryError) -> [HistoryRange] {
    let rows = try database.statement(
      """
      SELECT boot, machine, host, release, min(tick.wall), max(tick.wall), min(time), max(time),
        count(*), (SELECT count(*) FROM member WHERE member.run = run.id)
      FROM run JOIN tick ON tick.run = run.id GROUP BY run.id ORDER BY max(tick.wall), run.id
      """)
    var ranges: [HistoryRange] = []
    while try rows.step() {
      ranges.append(
        HistoryRange(
          bootID: rows.text(0) ?? "", machineID: rows.text(1), hostname: rows.text(2),
          release: rows.text(3), firstWall: rows.number(4) ?? 0, lastWall: rows.number(5) ?? 0,
          firstTime: rows.number(6) ?? 0, lastTime: rows.number(7) ?? 0,
          rounds: rows.number(8) ?? 0, series: rows.number(9) ?? 0))
    }
    // Where damage hid all of it, "nothing is recorded" would be no answer.
    if ranges.isEmpty { try Self.checkWhole(database) }
    return ranges
  }
}
