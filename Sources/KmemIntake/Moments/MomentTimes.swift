/// The times of moments that stand one after the other in a log, all on one clock.
package struct MomentTimes: Hashable, Sendable {
  /// What is known of one moment.
  package struct Time: Hashable, Sendable {
    /// Seconds since 1970; nothing where the text doesn't tell.
    package let wall: Double?
    /// Seconds on a clock that all moments of the text share; nothing where they share none.
    package let clock: Double?
    /// Seconds since the beginning of a year that the text doesn't tell; nothing where it tells it, or
    /// no day.
    package let withoutYear: Double?
  }

  /// The times, in the order of the lines.
  package let times: [Time]

  /// Reads what a log has before lines: a time of the wall as it stands there, or nothing.
  package init(_ clocks: [String?]) {
    var clock = MomentClock()
    let read = clocks.map { line in
      line.flatMap(TimeMark.init(line:)).flatMap { clock.time(of: $0) }
    }
    let bases = Set(read.map { $0?.basis })
    let hasOneClock = bases.count == 1
    times = read.map {
      Time(
        wall: $0?.wall, clock: hasOneClock ? $0?.seconds : nil, withoutYear: $0?.withoutYear)
    }
  }
}
