internal import CTracer
internal import Glibc
package import KmemParsers
internal import SystemPackage

/// The program in the kernel that pairs allocations with frees, from its loading to its end.
///
/// All that it has in the kernel hangs on descriptors of this process: it goes with the process,
/// however that ends.
@safe package final class Tracer: TraceEngine {
  /// How many objects, stacks and caches there is room for.
  package struct Room: Hashable, Sendable {
    /// Live objects, of 96 bytes each.
    package var live: Int
    /// Stacks, and as many sums of 300 bytes.
    package var stacks: Int

    /// Room for so many.
    package init(live: Int, stacks: Int) {
      self.live = live
      self.stacks = stacks
    }
  }

  /// How many windows a trace is parted into.
  package static let windows = Int(TRACER_WINDOWS)

  private let tracer: OpaquePointer
  private let target: TraceTarget
  private var meter: RunTime.Holder?

  /// Loads the program; `counts` only counts events, and keeps nothing.
  ///
  /// - Throws: `TracerError` with the reason why it can't be loaded.
  package init(_ target: TraceTarget, room: Room, counts: Bool = false) throws(TracerError) {
    try EventFormats.check(target.kinds)
    self.target = target
    var settings = target.settings
    settings.counts = counts ? 1 : 0
    var sizes = tracer_sizes(
      live: counts ? 1 : UInt32(clamping: room.live),
      sums: counts ? 1 : UInt32(clamping: room.stacks),
      stacks: counts ? 1 : UInt32(clamping: room.stacks), caches: 1024)
    var (step, error) = (TRACER_DONE, CInt())
    guard let tracer = unsafe tracer_load(&settings, &sizes, &step, &error) else {
      throw TracerError(step, Errno(rawValue: error))
    }
    unsafe self.tracer = tracer
  }

  deinit { unsafe tracer_close(tracer) }

  /// Begins to trace.
  ///
  /// - Throws: `TracerError` if an event can't be attached to.
  package func begin() throws(TracerError) {
    var error = CInt()
    let step = unsafe tracer_attach(tracer, &error)
    guard step == TRACER_DONE else { throw TracerError(step, Errno(rawValue: error)) }
  }

  /// Whether frees by kfree_rcu() are seen.
  package var seesDelayedFrees: Bool { unsafe tracer_has_probes(tracer) != 0 }

  /// Says which window goes on.
  package func enter(window: Int) { unsafe tracer_set_window(tracer, UInt32(clamping: window)) }

  /// Ends tracing, so that what is read stands still.
  package func end() { unsafe tracer_detach(tracer) }

  /// Events counted so far.
  package var counts: EventCounts {
    func count(_ counter: tracer_counter) -> Int64 {
      Int64(clamping: unsafe tracer_count(tracer, counter))
    }
    return EventCounts(
      allocations: [
        .kmalloc: count(TRACER_COUNT_KMALLOC), .cache: count(TRACER_COUNT_CACHE),
        .pages: count(TRACER_COUNT_PAGES), .percpu: count(TRACER_COUNT_PERCPU),
      ], frees: count(TRACER_COUNT_FREES), seen: count(TRACER_COUNT_SEEN),
      missed: Int64(clamping: unsafe tracer_missed(tracer)), kept: count(TRACER_COUNT_KEPT),
      lost: count(TRACER_COUNT_LIVE_FULL) + count(TRACER_COUNT_SUMS_FULL)
        + count(TRACER_COUNT_BUSY))
  }

  /// Nanoseconds that the program took so far; 0 where that isn't measured.
  package var time: Int64 { Int64(clamping: unsafe tracer_time(tracer)) }

  /// Has the kernel measure the program's time, which makes each call some tens of nanoseconds dearer.
  package func measure(_ isOn: Bool) -> Bool {
    meter = isOn ? RunTime.Holder() : nil
    return meter?.isMeasuring ?? true
  }
}

extension Tracer {
  /// All sums.
  package var sums: [RawSum] {
    var sums: [RawSum] = []
    unsafe each({ unsafe tracer_next_sum(tracer, $0, $1) }) { key in
      var sum = tracer_sum()
      guard unsafe tracer_read_sum(tracer, key, &sum) == 0, let kind = TraceRecord.Kind(sum.kind)
      else { return }
      sums.append(
        RawSum(
          stack: stack(sum.stack), cache: sum.cache,
          sum: TraceRecord.Sum(
            kind: kind, size: Int64(clamping: sum.size), cache: nil, frames: [],
            allocated: Self.numbers(&sum.allocated), left: Self.numbers(&sum.left),
            freed: Self.numbers(&sum.freed), reused: Self.numbers(&sum.reused))))
    }
    return sums
  }

  /// The caches, or sizes of kmalloc, that were allocated from.
  package var caches: [SeenCache] {
    var caches: [SeenCache] = []
    unsafe each({ unsafe tracer_next_cache(tracer, $0, $1) }) { key in
      var cache = tracer_cache()
      guard unsafe tracer_read_cache(tracer, key, &cache) == 0 else { return }
      let texts = unsafe withUnsafeBytes(of: &cache.names) { bytes in
        (0..<Int(TRACER_CACHE_WORDS)).map { word in
          let text = unsafe bytes[(word * Int(TRACER_NAME))..<((word + 1) * Int(TRACER_NAME))]
          return unsafe String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
        }
      }
      caches.append(
        SeenCache(key: key, allocations: Int64(clamping: cache.allocations), texts: texts))
    }
    return caches
  }

  private func each(
    _ next: (UnsafePointer<UInt64>?, UnsafeMutablePointer<UInt64>) -> CInt, _ body: (UInt64) -> Void
  ) {
    var (key, following) = (UInt64(0), UInt64(0))
    var status = unsafe next(nil, &following)
    while status == 0 {
      key = following
      body(key)
      status = unsafe next(&key, &following)
    }
  }

  private func stack(_ key: UInt64) -> [UInt64] {
    guard key != 0 else { return [] }
    var frames = [UInt64](repeating: 0, count: Int(TRACER_FRAMES))
    guard unsafe tracer_read_stack(tracer, key, &frames) == 0 else { return [] }
    return frames.filter { $0 != 0 }
  }

  /// The numbers of an array of C, of which a count below zero is a race of two processors.
  private static func numbers<Tuple>(_ array: inout Tuple) -> [Int64] {
    unsafe withUnsafeBytes(of: &array) { bytes in
      unsafe bytes.bindMemory(to: Int32.self).map { max(0, Int64($0)) }
    }
  }
}

/// What a trace counts beside the sums.
package struct EventCounts: Hashable, Sendable {
  /// Allocations by kind; only where events are counted.
  package let allocations: [TraceRecord.Kind: Int64]
  /// Frees of all kinds; only where events are counted.
  package let frees: Int64
  /// Events while allocations are followed, frees among them; those left out by size or sample too.
  package let seen: Int64
  /// Events that the kernel skipped, as the program ran already on that processor.
  package let missed: Int64
  /// Allocations that were followed.
  package let kept: Int64
  /// Of those to be followed, events for which there was no room.
  package let lost: Int64

  /// Counts; nothing where there was nothing.
  package init(
    allocations: [TraceRecord.Kind: Int64] = [:], frees: Int64 = 0, seen: Int64 = 0,
    missed: Int64 = 0, kept: Int64 = 0, lost: Int64 = 0
  ) {
    self.allocations = allocations
    self.frees = frees
    self.seen = seen
    self.missed = missed
    self.kept = kept
    self.lost = lost
  }
}

extension TracerError {
  init(_ step: tracer_step, _ error: Errno) {
    switch step {
    case TRACER_NO_LIBRARY: self = .noLibrary
    case TRACER_NO_PROCESSORS: self = .noProcessors
    case TRACER_NOT_OPENED: self = .unreadableProgram(error)
    case TRACER_NOT_ATTACHED: self = .notAttached(error)
    default: self = .refused(error)
    }
  }
}

extension TraceRecord.Kind {
  /// The kind by its bit in the program.
  init?(_ bit: UInt32) {
    guard let kind = Self.allCases.first(where: { $0.bit == bit }) else { return nil }
    self = kind
  }

  /// The kind's bit in the program.
  var bit: UInt32 {
    switch self {
    case .kmalloc: TRACER_KMALLOC.rawValue
    case .cache: TRACER_CACHE.rawValue
    case .pages: TRACER_PAGES.rawValue
    case .percpu: TRACER_PERCPU.rawValue
    }
  }
}

extension TraceTarget {
  var settings: tracer_settings {
    var settings = tracer_settings()
    settings.kinds = kinds.reduce(0) { $0 | $1.bit }
    settings.pid = UInt32(clamping: pid ?? 0)
    settings.own = UInt32(getpid())
    settings.size = UInt64(clamping: size ?? 0)
    settings.cache = cache ?? 0
    settings.mask = UInt64(clamping: max(1, sampling) - 1)
    settings.page_size = UInt32(getpagesize())
    settings.argument_offsets = Self.argumentOffsets
    return settings
  }

  /// Where the first arguments of a function are in `struct pt_regs` (arch/*/include/uapi/asm/ptrace.h).
  private static var argumentOffsets: (UInt32, UInt32, UInt32) {
    #if arch(x86_64)
      (112, 104, 96)
    #else
      (0, 8, 16)
    #endif
  }
}
