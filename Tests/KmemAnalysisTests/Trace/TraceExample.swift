import KmemParsers

@testable import KmemAnalysis

/// A trace of a minute in twelve windows, of which tests change one thing each.
struct TraceExample {
  var record = TraceRecord()

  init(sampling: Int64 = 1, processors: Int64 = 2) {
    record.windows = (1...12).map { Double($0) * 5 }
    record.kinds = Set(TraceRecord.Kind.allCases)
    record.sampling = sampling
    record.processors = processors
    record.kept = 100_000
  }

  static let steady = [Int64](repeating: 640, count: 12)
  static let none = [Int64](repeating: 0, count: 12)

  /// Adds sums of a stack; the frames as the kernel prints them, the innermost first.
  mutating func add(
    _ kind: TraceRecord.Kind = .kmalloc, size: Int64 = 2048, cache: String? = nil,
    frames: [String], left: [Int64] = steady, allocated: [Int64]? = nil, freed: [Int64] = none,
    reused: [Int64] = none
  ) {
    record.sums.append(
      TraceRecord.Sum(
        kind: kind, size: size, cache: cache,
        frames: frames.compactMap { text in
          let bytes = Array(text.utf8)
          return KmemleakFrame(line: bytes.span)
        }, allocated: allocated ?? left, left: left, freed: freed, reused: reused))
  }

  mutating func book(cache: String, size: Int64, gained: Int64, isReclaimable: Bool? = false) {
    record.books.append(
      TraceRecord.Book(
        .cache(name: cache, size: size, isReclaimable: isReclaimable), before: 1000,
        after: 1000 + gained))
  }

  mutating func book(_ memoryClass: MemoryClass, gained: Int64) {
    record.books.append(
      TraceRecord.Book(.memoryClass(memoryClass.rawValue), before: 1 << 30, after: 1 << 30 + gained)
    )
  }

  var report: TraceReport { TraceReport(record) }
}
