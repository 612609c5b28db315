import KmemAnalysis
import KmemControl
import KmemParsers
import KmemReport
import KmemSnapshot
import KmemSources
import KmemTracing

/// Traces from the moment it's made until it's told to end, and keeps what was seen.
struct TraceRecorder {
  private let plan: TracePlan
  private let books: TraceBooksReader
  private let processors: Int
  private let tracer: any TraceEngine
  private let before: MemoryModel
  /// The windows, which its owner moves.
  var clock: TraceClock

  /// Begins to trace for about so many seconds.
  ///
  /// - Throws: `Failure` if the program can't be loaded, memory can't be read, or the kernel hides the
  ///   names of all functions.
  init(
    _ plan: TracePlan, seconds: Double, windows: TraceClock.Pace, books: TraceBooksReader,
    processors: Int
  ) throws(Failure) {
    self.plan = plan
    self.books = books
    self.processors = processors
    let room = Self.room(plan, seconds: seconds, total: books.first.books?.total)
    do {
      tracer = try plan.engine.tracer(plan.target, room: room)
    } catch {
      throw Failure(tracing: error)
    }
    // The books are read once the maps have their memory, so that it is in both or in neither.
    before = try books.model()
    clock = TraceClock(tracer, windows)
    if clock.symbols.areHidden { throw Failure(withoutNames: clock.symbols) }
    do {
      try tracer.begin()
    } catch {
      throw Failure(tracing: error)
    }
    clock.begin()
  }

  /// Events counted so far, and nanoseconds that tracing was measured to take.
  var spent: (counts: EventCounts, nanoseconds: Int64) { (tracer.counts, tracer.time) }

  /// Ends tracing; what was seen is of no use.
  func abandon() { tracer.end() }

  /// Ends tracing, and puts together what was seen.
  ///
  /// - Throws: `Failure` if memory can't be read.
  mutating func end(isInterrupted: Bool) throws(Failure) -> TraceRecord {
    clock.stop()
    tracer.end()
    var record = outline
    record.isInterrupted = isInterrupted
    record.books = TraceBooksReader.books(from: before, to: try books.model())
    record.windows = clock.ends
    record.cost = clock.cost
    fill(&record)
    return record
  }

  /// The record before anything was seen.
  var outline: TraceRecord {
    var record = TraceRecord()
    record.release = books.first.snapshot.host.release
    record.processors = Int64(processors)
    record.wall = LiveFacts.wallClock - Int64(clock.elapsed)
    record.sampling = plan.target.sampling
    record.kinds = plan.target.kinds
    record.cache = plan.cache
    record.size = plan.target.size
    record.pid = plan.target.pid.map(Int64.init)
    record.engine = plan.engine
    return record
  }

  /// Room for all that may be live at the end, within one percent of memory.
  private static func room(_ plan: TracePlan, seconds: Double, total: Int64?) -> Tracer.Room {
    let followed = Double(plan.perSecond) * seconds / Double(plan.target.sampling)
    let wanted = min(Double(1 << 20), max(Double(1 << 16), followed))
    let most = Double(total ?? 1 << 30) / 100 / 96
    var live = 1 << 12
    while Double(live) < min(wanted, most), live < 1 << 20 { live *= 2 }
    return Tracer.Room(live: live, stacks: min(1 << 14, max(1 << 12, live / 4)))
  }
}

extension TraceRecorder {
  /// What the program has summed, with names for functions and caches.
  private func fill(_ record: inout TraceRecord) {
    let counts = tracer.counts
    (record.kept, record.lost) = (counts.kept, counts.lost)
    (record.seen, record.missed) = (counts.seen, counts.missed)
    record.seesDelayedFrees = tracer.seesDelayedFrees
    let known = Set(books.caches.flatMap { [$0.name] + $0.aliases })
    let names = tracer.caches.names(known: known.union(record.cacheNames))
    let raw = tracer.sums
    let frames = clock.symbols.frames(at: Set(raw.flatMap(\.stack)))
    let windows = record.windows.count
    let shares = SampleShares(books.caches, plan)
    record.sums = raw.map { raw in
      var sum = raw.sum.cut(to: windows)
      sum.cache = names[raw.cache].flatMap { record.cacheName(of: $0) }
      if sum.kind == .cache {
        if sum.cache == nil { sum.cache = record.cache(ofSize: sum.size, holding: sum.left) }
        if let name = sum.cache { sum.size = record.objectSize(of: name) ?? 0 }
      }
      sum.frames = raw.stack.map { frames[$0] ?? KmemleakFrame(symbol: nil, address: $0) }
      return shares.corrected(sum)
    }.filter { plan.cache == nil || $0.cache == nil || $0.cache == plan.cache }
    let modules = Set(record.sums.lazy.flatMap(\.frames).compactMap(\.module))
    let builds = books.first.snapshot.builds
    record.builds.kernel = builds.kernel
    record.builds.modules = builds.modules.filter { modules.contains($0.key) }
  }
}
extension TraceRecord {
  fileprivate var cacheNames: [String] {
    books.flatMap { book -> [String] in
      guard case .cache(let name, _, _) = book.subject else { return [] }
      return [name] + book.aliases
    }
  }

  /// The name under which slabinfo lists a cache.
  fileprivate func cacheName(of name: String) -> String? {
    for book in books {
      guard case .cache(let listed, _, _) = book.subject else { continue }
      if listed == name || book.aliases.contains(name) { return listed }
    }
    return nil
  }

  /// The cache of objects of that size whose event doesn't tell it, as that of tracefs before 6.18: the only
  /// one, or the only one that gained so much.
  fileprivate func cache(ofSize size: Int64, holding left: [Int64]) -> String? {
    let held = left.reduce(0, +) * sampling
    let fitting = books.filter { book in
      guard case .cache(_, size, _) = book.subject else { return false }
      return true
    }
    let grown = fitting.filter { held > 0 && 2 * ($0.after - $0.before) >= held }
    guard let book = fitting.count == 1 ? fitting.first : grown.count == 1 ? grown.first : nil,
      case .cache(let name, _, _) = book.subject
    else { return nil }
    return name
  }

  fileprivate func objectSize(of name: String) -> Int64? {
    for book in books {
      if case .cache(name, let size, _) = book.subject { return size }
    }
    return nil
  }
}

extension TraceRecord.Sum {
  /// The sums of the windows that went by; what came after is the last one's.
  fileprivate func cut(to windows: Int) -> TraceRecord.Sum {
    var sum = self
    sum.allocated = Array(allocated.prefix(windows))
    sum.left = Array(left.prefix(windows))
    sum.freed = Array(freed.prefix(windows))
    sum.reused = Array(reused.prefix(windows))
    return sum
  }
}
