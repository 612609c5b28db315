internal import CTracer
internal import Glibc
internal import KmemParsers
internal import Synchronization

/// Reads the pages of all processors by a thread of its own, twenty times a second, and pairs what they tell.
final class TracefsReader: Sendable {
  private struct State {
    var pairing: TracefsPairing
    var isEnding = false
    var time: Int64 = 0
    /// Events that the kernel counted in all, where they are only counted.
    var total: Int64 = 0
    /// Events that the kernel dropped, by its own numbers.
    var dropped: Int64 = 0
  }

  private let state: Mutex<State>
  /// When windows began that the pairing doesn't know of yet.
  private let turns = Mutex<[UInt64]>([])
  private let pages: TracefsPages
  private let thread = Mutex<pthread_t?>(nil)
  private let pid: Int?

  init(
    _ instance: TracefsInstance, _ layout: RingBufferPage.Layout, _ decoder: AllocationEvents,
    room: Tracer.Room, pid: Int?, counts: Bool
  ) {
    pages = TracefsPages(instance, pageSize: layout.size)
    var pairing = TracefsPairing(
      layout, decoder, processors: pages.count, room: room, counts: counts)
    pairing.own = [getpid()]
    state = Mutex(State(pairing: pairing))
    self.pid = pid
  }

  /// Begins to read.
  func start() {
    var (all, own) = (sigset_t(), sigset_t())
    unsafe sigfillset(&all)
    unsafe pthread_sigmask(SIG_SETMASK, &all, &own)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &own, nil) }
    let context = unsafe Unmanaged.passRetained(self)
    var thread = pthread_t()
    let status = unsafe pthread_create(
      &thread, nil,
      { argument in
        guard let argument = unsafe argument else { return nil }
        unsafe Unmanaged<TracefsReader>.fromOpaque(argument).takeRetainedValue().run()
        return nil
      }, context.toOpaque())
    if status == 0 {
      self.thread.withLock { $0 = thread }
    } else {
      unsafe context.release()
    }
  }

  private func run() {
    let own = tracer_thread()
    state.withLock { _ = $0.pairing.own.insert(own) }
    while !state.withLock(\.isEnding) {
      drain()
      let time = Self.clock(CLOCK_THREAD_CPUTIME_ID)
      state.withLock { $0.time = Int64(clamping: time) }
      usleep(50_000)
    }
  }

  /// Reads what there is, and books what no processor can come before any more.
  private func drain(isLast: Bool = false) {
    let now = Self.clock(CLOCK_BOOTTIME)
    let only = pid.map(Self.threads)
    state.withLock { state in
      if let only { state.pairing.only = (state.pairing.only ?? []).union(only) }
      pages.readAll { page, processor in state.pairing.read(page, processor: processor) }
      // Those that began before the moment up to which is booked are all known by now.
      for turn in turns.withLock({ turns in
        defer { turns = [] }
        return turns
      }) {
        state.pairing.turn(at: turn)
      }
      state.pairing.book(before: isLast ? .max : now &- 1_000_000)
    }
  }

  /// Says that another window begins.
  ///
  /// A round of reading may take long on a busy machine, and windows mustn't wait for it.
  func turn() {
    let now = Self.clock(CLOCK_BOOTTIME)
    turns.withLock { $0.append(now) }
  }

  /// Ends the thread, and reads what is left.
  func finish() {
    state.withLock { $0.isEnding = true }
    if let thread = thread.withLock({ $0 }) { pthread_join(thread, nil) }
    let stats = pages.stats
    state.withLock { state in
      state.total = stats.sum("entries") + stats.sum("overrun") + stats.sum("dropped events")
      state.dropped = stats.sum("overrun") + stats.sum("dropped events")
    }
    drain(isLast: true)
    pages.close()
  }

  private static func clock(_ clock: clockid_t) -> UInt64 {
    var time = timespec()
    _ = unsafe clock_gettime(clock, &time)
    return UInt64(clamping: time.tv_sec) * 1_000_000_000 + UInt64(clamping: time.tv_nsec)
  }

  /// The threads of a process.
  private static func threads(of pid: Int) -> Set<Int32> {
    guard let directory = unsafe opendir("/proc/\(pid)/task") else { return [] }
    defer { unsafe closedir(directory) }
    var threads: Set<Int32> = []
    while let entry = unsafe readdir(directory) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if let thread = Int32(name) { threads.insert(thread) }
    }
    return threads
  }
}

extension [[String: Int64]] {
  fileprivate func sum(_ key: String) -> Int64 { reduce(0) { $0 + ($1[key] ?? 0) } }
}

extension TracefsReader {
  /// Nanoseconds of a processor that the thread used.
  var time: Int64 { state.withLock(\.time) }

  /// What was tallied, and how many events there were by the kernel's own numbers.
  var tallied: (tally: EventTally, total: Int64) {
    state.withLock { ($0.pairing.tally ?? EventTally(), $0.total) }
  }

  /// All sums.
  ///
  /// Per-CPU memory isn't sampled, as its addresses are no even sample: its counts are made the sample's.
  func sums(sampling: Int64) -> [RawSum] {
    let sums = state.withLock { $0.pairing.ledger.rawSums(pageSize: Int64(getpagesize())) }
    return sums.map { raw in
      guard raw.sum.kind == .percpu, sampling > 1 else { return raw }
      return RawSum(
        stack: raw.stack, cache: raw.cache, sum: raw.sum.multiplied(by: 1 / Double(sampling)))
    }
  }

  /// What was followed and lost.
  var counts: EventCounts {
    state.withLock { state in
      let pairing = state.pairing
      return EventCounts(
        allocations: [:], frees: 0, seen: pairing.seen,
        missed: Swift.max(pairing.lost, state.dropped), kept: pairing.ledger.kept,
        lost: pairing.ledger.lost)
    }
  }

  /// The names of caches by their keys.
  var named: [SeenCache] {
    state.withLock { state in
      state.pairing.ledger.cacheNames.enumerated().map {
        SeenCache(key: UInt64($0.offset + 1), allocations: 0, texts: [], name: $0.element)
      }
    }
  }
}
