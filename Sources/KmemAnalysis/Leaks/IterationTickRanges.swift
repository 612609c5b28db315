/// Spans of ticks that follow one another: the iterations of a command.
package struct IterationTickRanges: Sendable {
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

/// What one iteration left behind in a group.
package struct LeakCount: Hashable, Sendable {
  package internal(set) var objects: Int64 = 0
  package internal(set) var bytes: Int64 = 0

  package init() {}
}
