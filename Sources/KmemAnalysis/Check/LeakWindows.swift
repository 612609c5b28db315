/// Spans of ticks that follow one another: the iterations of a command.
package struct LeakWindows: Hashable, Sendable {
  /// Where each begins, and where the last one ends.
  private let bounds: [UInt64]

  package var count: Int { bounds.count - 1 }

  /// Turns moments into ticks; nothing for fewer than two, or if they don't follow one another.
  package init?(_ moments: [Double], by clock: TickClock) {
    let bounds = moments.map(clock.ticks)
    guard bounds.count > 1, zip(bounds, bounds.dropFirst()).allSatisfy({ $0 <= $1 }) else {
      return nil
    }
    self.bounds = bounds
  }

  /// The iteration in which an object was allocated.
  func index(of jiffies: UInt64) -> Int? {
    guard let first = bounds.first, let last = bounds.last, jiffies >= first, jiffies <= last else {
      return nil
    }
    let index = bounds.lastIndex { $0 <= jiffies } ?? 0
    return min(index, count - 1)
  }
}

/// Turns seconds since boot into the kernel's ticks.
package struct TickClock: Hashable, Sendable {
  private let origin: (seconds: Double, ticks: Double)
  private let hz: Double

  /// A clock through two readings of the ticks, which shows HZ too; nothing if they tell nothing.
  package init?(
    _ first: (seconds: Double, ticks: UInt64), _ second: (seconds: Double, ticks: UInt64)
  ) {
    guard second.seconds - first.seconds > 0.5, second.ticks > first.ticks else { return nil }
    origin = (first.seconds, Double(first.ticks))
    hz = Double(second.ticks - first.ticks) / (second.seconds - first.seconds)
  }

  /// The clock of a kernel that begins to count 300 seconds before its counter wraps.
  package init(hz: UInt64) {
    origin = (0, Double((UInt64(1) << 32) &- 300 &* hz))
    self.hz = Double(hz)
  }

  package func ticks(_ seconds: Double) -> UInt64 {
    let ticks = (origin.ticks + (seconds - origin.seconds) * hz).rounded()
    return UInt64(exactly: ticks) ?? 0
  }

  package static func == (one: Self, other: Self) -> Bool {
    one.origin == other.origin && one.hz == other.hz
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(hz) }
}

/// What one iteration left behind in a group.
package struct LeakCount: Hashable, Sendable {
  package internal(set) var objects: Int64 = 0
  package internal(set) var bytes: Int64 = 0

  package init() {}
}
