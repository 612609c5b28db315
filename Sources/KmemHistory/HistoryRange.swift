/// One run of a recorder: on which machine, when, and how much it recorded.
package struct HistoryRange: Hashable, Sendable {
  /// The boot on which the recorder ran (`/proc/sys/kernel/random/boot_id`).
  package let bootID: String
  /// `/etc/machine-id`; nil if it couldn't be read.
  package let machineID: String?
  /// The host name; nil if it couldn't be read.
  package let hostname: String?
  /// The kernel's release as `uname -r` prints it; nil if it couldn't be read.
  package let release: String?
  /// Seconds since 1970 UTC of the first round.
  package let firstWall: Int64
  /// Seconds since 1970 UTC of the last round.
  package let lastWall: Int64
  /// Nanoseconds since boot of the first round.
  package let firstTime: Int64
  /// Nanoseconds since boot of the last round.
  package let lastTime: Int64
  /// How many rounds were recorded and not trimmed away.
  package let rounds: Int64
  /// How many series the run recorded.
  package let series: Int64
}

extension History {
  /// The runs that have rounds, the latest last: in the order of their boots, whatever clocks said.
  ///
  /// - Throws: `HistoryError` of kind `.damaged`, `.busy` or `.failed` if the file can't be read.
  package func ranges() throws(HistoryError) -> [HistoryRange] {
    let rows = try database.statement(
      """
      SELECT boot, machine, host, release, min(tick.wall), max(tick.wall), min(time), max(time),
        count(*), (SELECT count(*) FROM member WHERE member.run = run.id)
      FROM run JOIN tick ON tick.run = run.id GROUP BY run.id
      ORDER BY (SELECT min(id) FROM run AS first WHERE first.boot = run.boot), max(time), run.id
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
    // Where damage hid all runs, an empty answer would mean that nothing was recorded.
    if ranges.isEmpty { try Self.checkWhole(database) }
    return ranges
  }
}
