/// Spans of ticks that follow one another: the iterations of a command.
package struct IterationTickRanges: Sendable {
  /// The tick at which each span begins, and the one at which the last ends.
  private let bounds: [UInt64]

  /// How many spans there are.
  package var count: Int { bounds.count - 1 }

  /// Turns moments, in seconds since boot, into ticks; nil for fewer than two, or if they don't
  /// follow one another.
  package init?(_ moments: [Double], by clock: TickClock) {
    let bounds = moments.map(clock.ticks)
    guard bounds.count > 1, zip(bounds, bounds.dropFirst()).allSatisfy({ $0 <= $1 }) else {
      return nil
    }
    self.bounds = bounds
  }

  /// The iteration in which an object was allocated; nil if it was in none.
  func index(of jiffies: UInt64) -> Int? {
    guard let first = bounds.first, let last = bounds.last, jiffies >= first, jiffies <= last else {
      return nil
    }
    let index = bounds.lastIndex { $0 <= jiffies } ?? 0
    return min(index, count - 1)
  }
}

/// What one iteration lost of a group.
package struct LeakCount: Hashable, Sendable {
  /// How many objects the iteration lost.
  package internal(set) var objects: Int64 = 0
  /// How many bytes the iteration lost.
  package internal(set) var bytes: Int64 = 0

  /// Begins at nothing lost.
  package init() {}
}
