import KmemAnalysis
import KmemParsers
import KmemSnapshot
import KmemSources

/// What the kernel's own books hold, before and after a trace.
struct TraceBooksReader {
  private let sampler: MemorySampler
  /// The state of the machine when the command began.
  let first: MemoryModel

  /// - Throws: `Failure` if nothing can be read.
  init() throws(Failure) {
    sampler = try MemorySampler()
    first = MemoryModel(Snapshot(sampler.first))
  }

  /// - Throws: `Failure` if not even meminfo can be read.
  func model() throws(Failure) -> MemoryModel { try sampler.model() }

  /// A sample as a watch takes it.
  ///
  /// - Throws: `Failure` if not even meminfo can be read.
  func sample() throws(Failure) -> MemorySample { try sampler.sample() }

  /// The slab caches by the names in slabinfo; empty where it can't be read.
  var caches: [SlabUsage.Cache] { first.slab?.caches ?? [] }

  /// The books of two moments.
  static func books(from before: MemoryModel, to after: MemoryModel) -> [TraceRecord.Book] {
    cacheBooks(from: before, to: after) + classBooks(from: before, to: after)
  }

  private static func cacheBooks(
    from before: MemoryModel, to after: MemoryModel
  ) -> [TraceRecord.Book] {
    let old = Dictionary(
      (before.slab?.caches ?? []).map { ($0.name, $0.activeObjects) }
    ) { first, _ in first }
    return (after.slab?.caches ?? []).map { cache in
      TraceRecord.Book(
        .cache(
          name: cache.name, size: cache.objectSize, isReclaimable: cache.isReclaimable),
        before: old[cache.name] ?? 0, after: cache.activeObjects, aliases: cache.aliases)
    }
  }

  private static func classBooks(
    from before: MemoryModel, to after: MemoryModel
  ) -> [TraceRecord.Book] {
    after.classes.compactMap { line in
      guard let bytes = line.bytes,
        let old = before.classes.first(where: { $0.memoryClass == line.memoryClass })?.bytes
      else { return nil }
      return TraceRecord.Book(
        .memoryClass(line.memoryClass.rawValue), before: old, after: bytes)
    }
  }
}
