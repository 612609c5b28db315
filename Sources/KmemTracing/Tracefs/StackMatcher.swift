/// Puts stacks to the allocations that they were taken for.
///
/// The kernel writes a stack behind its event, and an interrupt may write events of its own between the
/// two: the last allocation of a processor that still waits is the first to get one. Where an allocation
/// tells the function that asked, a stack without it is another's.
package struct StackMatcher: Sendable {
  /// An allocation, and whatever its stack came to.
  package struct Match: Sendable {
    /// The place that the allocation got in `wait`.
    package let place: Int
    /// The frames, the innermost first.
    package let stack: [UInt64]
  }

  private var waiting: [(place: Int, caller: UInt64, thread: Int32)] = []
  /// Allocations that may wait at once: interrupts nest no deeper.
  private static let most = 8

  /// Without allocations.
  package init() {}

  /// Has an allocation wait for its stack.
  package mutating func wait(place: Int, caller: UInt64, thread: Int32) {
    waiting.append((place, caller, thread))
    if waiting.count > Self.most { waiting.removeFirst() }
  }

  /// The allocation to which a stack belongs; nil where none that waits is meant.
  package mutating func match(_ stack: [UInt64], thread: Int32) -> Match? {
    let found = waiting.lastIndex { waiting in
      waiting.thread == thread && (waiting.caller == 0 || stack.contains(waiting.caller))
    }
    guard let found else { return nil }
    let place = waiting[found].place
    // Those that came later have lost theirs.
    waiting.removeSubrange(found...)
    return Match(place: place, stack: stack)
  }

  /// Forgets who waits, where events were lost.
  package mutating func forget() { waiting = [] }
}
