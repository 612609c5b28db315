import KmemParsers

/// What one function allocated of one subject while it was traced, and what became of it.
package struct TraceGroup: Hashable, Sendable {
  /// What is judged of a group, and why it isn't accused.
  package enum Judgement: String, Hashable, Sendable, CaseIterable {
    /// Its outstanding memory surely rises, and the kernel's books gained as much.
    case rising
    /// It rose as surely, and has stopped.
    case stopped
    /// It rises, and keeps less than half of what it allocates.
    case partly
    /// It rises by less than what the books can't see.
    case tooSmallForBooks = "too small for the books"
    /// It rises, and the books don't tell of it.
    case withoutBooks = "not in the books"
    /// The books didn't grow by what is outstanding: it was freed without an event.
    case withoutGrowth = "no growth in the books"
    /// Addresses were handed out again: its objects are freed without an event.
    case freedUnseen = "freed unseen"
    /// Its memory is given back when memory runs short.
    case cache
    /// It is kept for what programs hold open, mapped, mounted or stored.
    case heldForUserSpace = "held for user space"
    /// Objects stay from some parts of the time only.
    case uneven
    /// Fewer objects stay than can be judged.
    case tooFew = "too few"
    /// The trace was too short to compare parts of its time.
    case tooShort = "too short"
  }

  /// The stack that keeps most, the innermost frame first.
  package internal(set) var frames: [LeakFrame]
  /// How many stacks the group has.
  package let stacks: Int
  /// What the objects are taken from.
  package let subject: TraceSubject
  /// Objects that were left at the end, of those followed.
  package let left: Int64
  /// Bytes of the objects that were left.
  package let bytes: Int64
  /// Objects that were allocated.
  package let allocated: Int64
  /// Objects that were seen to be freed.
  package let freed: Int64
  /// Objects that were proven to be freed, as their addresses were handed out again.
  package let reused: Int64
  /// How the objects that were left arose.
  package let course: TraceCourse
  /// Bytes that the kernel's books gained of the subject; nil where they don't tell.
  package let growth: Int64?
  /// What all this comes to.
  package internal(set) var judgement: Judgement

  /// The frame that called the allocator; nil without a stack.
  package var culprit: LeakFrame? { frames.first { $0.passedOver == nil } ?? frames.last }

  /// The frames from the culprit on.
  package var callers: ArraySlice<LeakFrame> {
    frames[(frames.firstIndex { $0.passedOver == nil } ?? frames.startIndex)...]
  }

  /// Bytes of one object, on average.
  package var objectSize: Int64 { left > 0 ? bytes / left : 0 }
}

/// Puts sums together by the function that asked, as `leaks` does with kmemleak's objects.
struct TraceGrouping {
  private struct Key: Hashable {
    let name: String
    let subject: TraceSubject
  }

  /// The sums of one function, and the frames of each.
  struct Members {
    var sums: [(sum: TraceRecord.Sum, frames: [LeakFrame])] = []
  }

  private let rules: FrameRules
  private let books: TraceBooks
  private var places: [Key: Int] = [:]
  /// The groups, in the order in which they were met.
  private(set) var groups: [(subject: TraceSubject, members: Members)] = []

  init(_ record: TraceRecord, books: TraceBooks, rules: FrameRules) {
    self.rules = rules
    self.books = books
    for sum in record.sums { add(sum) }
  }

  private mutating func add(_ sum: TraceRecord.Sum) {
    if Self.isCountedElsewhere(sum) || isToldTwice(sum) { return }
    let frames = rules.marking(Self.own(sum.frames))
    let subject = TraceSubject(sum, largest: books.largestKmalloc)
    let culprit = frames.first { $0.passedOver == nil } ?? frames.last
    // Frames without a name are told apart by their addresses.
    let name = culprit.map { $0.isUnknown ? $0.printed : $0.name } ?? ""
    let key = Key(name: name, subject: subject)
    if let place = places[key] {
      groups[place].members.sums.append((sum, frames))
    } else {
      places[key] = groups.count
      groups.append((subject, Members(sums: [(sum, frames)])))
    }
  }

  /// Whether the memory is another's: pages of slabs, of large kmalloc, of vmalloc and of per-CPU chunks
  /// are counted as what they hold, pages of programs and page tables aren't the kernel's own, and what a
  /// slab, vmalloc or a recorder of stacks needs for itself goes with what it describes.
  private static func isCountedElsewhere(_ sum: TraceRecord.Sum) -> Bool {
    switch (sum.kind, AllocationStack(sum.frames).use) {
    case (.pages, .loose): false
    case (.pages, _): true
    case (_, .instrumentation), (_, .slab): true
    // Ranges of addresses stay for a while after vfree(), as even as a leak: mm/vmalloc.c, lazy_max_pages().
    case (.cache, .vmalloc), (.kmalloc, .vmalloc): true
    default: false
    }
  }

  /// Whether these are the first of two events for each object.
  ///
  /// kmalloc of whole pages tells once from within `__kmalloc_large_node` and once from its caller, another
  /// kmalloc (mm/slub.c, seen in 6.12). The second seems to prove that the first one's object was freed.
  private func isToldTwice(_ sum: TraceRecord.Sum) -> Bool {
    guard sum.kind == .kmalloc, sum.size > books.largestKmalloc else { return false }
    let names = sum.frames.map { AllocatorFunctions.stem($0.symbol ?? "") }
    guard let inner = names.firstIndex(where: { $0.hasPrefix("kmalloc_large") }),
      inner + 1 < names.count, names[inner + 1].hasPrefix("kmalloc")
    else { return false }
    let (reused, allocated) = (sum.reused.reduce(0, +), sum.allocated.reduce(0, +))
    return reused.timesClamped(10) >= allocated.timesClamped(9)
  }

  /// The frames up to an interrupt's entry, without those of the tracing program itself.
  private static func own(_ frames: [KmemleakFrame]) -> [LeakFrame] {
    let rest = frames.drop { frame in
      guard let symbol = frame.symbol else { return true }
      return isTracing(symbol)
    }
    // Where nothing has a name, all of it may be the allocation's.
    let own = rest.isEmpty ? frames[...] : rest
    let end = own.firstIndex { $0.symbol.map(InterruptFrames.contains) ?? false }
    return own[...(end ?? own.endIndex - 1)].map { LeakFrame($0, ModuleMap()) }
  }

  /// Functions between what traces and the allocator: kernel/trace/bpf_trace.c, and of tracefs
  /// kernel/trace/trace_events.c and trace_events_trigger.c.
  private static func isTracing(_ symbol: String) -> Bool {
    [
      "bpf_", "__bpf_", "__traceiter_", "___bpf_", "trace_event_", "event_triggers_",
      "stacktrace_trigger", "__trace_stack", "trace_buffer_",
    ].contains { symbol.hasPrefix($0) }
  }
}
