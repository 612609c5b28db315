package import KmemParsers

/// Makes sums of the pages of all processors: puts events in the order of their times, stacks to their
/// allocations, and books both.
package struct TracefsPairing: Sendable {
  /// What was read and not yet booked.
  private struct Pending {
    /// The events' number in the order of reading.
    let number: Int
    let time: UInt64
    var event: AllocationEvent
    var stack: [UInt64] = []
  }

  private let layout: RingBufferPage.Layout
  private let decoder: AllocationEvents
  private var matchers: [StackMatcher]
  private var pending: [Pending] = []
  private var next = 0
  /// What is left by stack.
  package private(set) var ledger: AllocationLedger
  /// Records that were read, stacks left out.
  package private(set) var seen: Int64 = 0
  /// Events that the kernel dropped, as a page was read too late; and pages that can't be read.
  package private(set) var lost: Int64 = 0
  /// Allocations whose stack came.
  package private(set) var stacks: Int64 = 0
  /// Frees that were told by probes.
  package private(set) var handedOver: Int64 = 0
  /// When each window after the first began, in nanoseconds of the buffer's clock.
  private var turns: [UInt64] = []
  /// How many events there were, where they are only counted.
  private(set) var tally: EventTally?
  /// Threads whose allocations never count.
  package var own: Set<Int32> = []
  /// The only threads whose allocations count; nil for all.
  package var only: Set<Int32>?

  /// Reads pages of that layout, events of those formats.
  package init(
    _ layout: RingBufferPage.Layout, _ decoder: AllocationEvents, processors: Int,
    room: Tracer.Room, counts: Bool = false
  ) {
    tally = counts ? EventTally() : nil
    (self.layout, self.decoder) = (layout, decoder)
    matchers = [StackMatcher](repeating: StackMatcher(), count: max(1, processors))
    ledger = AllocationLedger(room: room)
  }

  /// Says that another window begins.
  package mutating func turn(at time: UInt64) { turns.append(time) }

  /// Reads a page of a processor.
  package mutating func read(_ page: Span<UInt8>, processor: Int) {
    guard matchers.indices.contains(processor) else { return }
    let first = next
    let outcome = RingBufferPage.read(page, layout) { time, range in
      guard let event = decoder.event(page, range) else { return }
      if tally != nil { tally?.add(event) } else { note(event, time, processor) }
    }
    if outcome.lost > 0 || outcome.isDamaged {
      lost += outcome.lost + (outcome.isDamaged ? 1 : 0)
      // What waits since before the gap may have lost its stack; what came behind has its own.
      if next == first { matchers[processor].forget() }
    }
  }

  private mutating func note(_ event: AllocationEvent, _ time: UInt64, _ processor: Int) {
    switch event {
    case .stack(let frames, let thread):
      guard let match = matchers[processor].match(frames, thread: thread),
        let index = index(of: match.place)
      else { return }
      pending[index].stack = match.stack
      stacks += 1
      return
    case .allocated(let allocation, let thread):
      matchers[processor].wait(place: next, caller: allocation.caller, thread: thread)
    case .freed, .handedOver: break
    }
    pending.append(Pending(number: next, time: time, event: event))
    next += 1
    seen += 1
  }

  /// Where an event waits; nil if it was booked.
  private func index(of number: Int) -> Int? {
    var (low, high) = (0, pending.count)
    while low < high {
      let middle = (low + high) / 2
      if pending[middle].number < number { low = middle + 1 } else { high = middle }
    }
    return low < pending.count && pending[low].number == number ? low : nil
  }

  /// Books what happened before a moment, in the order of the times.
  ///
  /// Of what came later another processor may have told something earlier that wasn't read yet.
  package mutating func book(before end: UInt64 = .max) {
    let due = pending.filter { $0.time < end }
    pending.removeAll { $0.time < end }
    for event in due.sorted(by: { ($0.time, $0.number) < ($1.time, $1.number) }) { book(event) }
  }

  private mutating func book(_ pending: Pending) {
    let window = turns.count { $0 <= pending.time }
    switch pending.event {
    case .allocated(let allocation, let thread):
      let isCounted = !own.contains(thread) && (only?.contains(thread) ?? true)
      ledger.allocate(allocation, stack: pending.stack, window: window, isCounted: isCounted)
    case .freed(let kind, let address, let cache):
      ledger.free(kind, address, cache: cache, window: window)
    case .handedOver(let addresses):
      for address in addresses where ledger.free(.kmalloc, address, cache: nil, window: window) {
        handedOver += 1
      }
    case .stack: break
    }
  }
}
