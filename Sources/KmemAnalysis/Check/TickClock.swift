/// Turns seconds since boot into the kernel's ticks.
package struct TickClock: Sendable {
  private let origin: (seconds: Double, ticks: Double)
  private let hz: Double

  /// A clock through two readings of the ticks, which also show HZ; nil if the readings don't give
  /// it.
  package init?(
    _ first: (seconds: Double, ticks: UInt64), _ second: (seconds: Double, ticks: UInt64)
  ) {
    guard second.seconds - first.seconds > 0.5, second.ticks > first.ticks else { return nil }
    origin = (first.seconds, Double(first.ticks))
    hz = Double(second.ticks - first.ticks) / (second.seconds - first.seconds)
  }

  /// The clock of a kernel that begins to count 300 seconds before its counter wraps.
  package init(hz: UInt64) {
    origin = (0, Double(LeakClock.firstTick(hz: hz)))
    self.hz = Double(hz)
  }

  /// The tick at that many seconds since boot; 0 for times before the counter's first value.
  package func ticks(_ seconds: Double) -> UInt64 {
    let ticks = (origin.ticks + (seconds - origin.seconds) * hz).rounded()
    return UInt64(exactly: ticks) ?? 0
  }
}
