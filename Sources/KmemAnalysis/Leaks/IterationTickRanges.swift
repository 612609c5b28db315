/// Spans of ticks that follow one another: the iterations of a command, each with the samples of
/// memory that were taken after it.
package struct IterationTickRanges: Sendable {
  /// The tick at which each span begins, and the one at which the last ends.
  private let bounds: [UInt64]
  /// The ticks at which samples began, in order.
  private let samples: [UInt64]
  /// The name of the process that samples memory; nil if its objects aren't told apart.
  private let sampler: String?

  /// How many spans there are.
  package var count: Int { bounds.count - 1 }

  /// Turns moments, in seconds since boot, into ticks; nil for fewer than two, or if they don't
  /// follow one another.
  ///
  /// `sampler` is the name of the process that runs the command, and takes samples from each of the
  /// moments `samples` to the end of that iteration.
  package init?(
    _ moments: [Double], samples: [Double] = [], sampler: String? = nil, by clock: TickClock
  ) {
    let bounds = moments.map(clock.ticks)
    guard bounds.count > 1, zip(bounds, bounds.dropFirst()).allSatisfy({ $0 <= $1 }) else {
      return nil
    }
    self.bounds = bounds
    self.samples = samples.map(clock.ticks)
    self.sampler = sampler
  }

  /// The iteration in which an object was allocated; nil if it was in none.
  func index(of jiffies: UInt64) -> Int? {
    guard let first = bounds.first, let last = bounds.last, jiffies >= first, jiffies <= last else {
      return nil
    }
    return min(Self.last(in: bounds, before: jiffies) ?? 0, count - 1)
  }

  /// Whether the object is of the process that samples memory, and no work of the command's.
  ///
  /// That process also starts the command: what creating a process takes is the command's, as long
  /// as no sample has begun, which takes a thread.
  func isSampler(_ comm: String?, jiffies: UInt64, _ frames: [LeakFrame]) -> Bool {
    guard let sampler, comm == sampler else { return false }
    let isStart = frames.contains { frame in
      frame.symbol.map { name in Self.starters.contains { name.hasPrefix($0) } } ?? false
    }
    guard isStart, let span = Self.last(in: bounds, before: jiffies) else { return true }
    return Self.last(in: samples, before: jiffies).map { samples[$0] > bounds[span] } ?? false
  }

  /// The functions that create a process and load its program, by release (kernel/fork.c,
  /// fs/exec.c).
  private static let starters = [
    "kernel_clone", "_do_fork", "do_fork", "do_execve", "__do_execve", "bprm_execve",
  ]

  /// The place of the last of these ticks that isn't later; they are in order.
  private static func last(in ticks: [UInt64], before tick: UInt64) -> Int? {
    var (low, high) = (0, ticks.count)
    while low < high {
      let middle = (low + high) / 2
      if ticks[middle] <= tick { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? low - 1 : nil
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
