import KmemAnalysis
import KmemParsers
import KmemReport
import KmemTracing

extension TraceWish {
  /// The target that the user's words mean on this machine, without the address of a cache.
  ///
  /// - Throws: `Failure` if there is no such cache.
  func plan(_ caches: [SlabUsage.Cache]) throws(Failure) -> TracePlan {
    switch what {
    case .everything: TracePlan(target(Set(TraceRecord.Kind.allCases)))
    case .pages: TracePlan(target([.pages]))
    case .percpu: TracePlan(target([.percpu]))
    case .size(let bytes): TracePlan(target([.kmalloc], size: Self.kmallocSize(bytes, caches)))
    case .cache(let name): try plan(cache: name, caches)
    }
  }

  private func plan(cache name: String, _ caches: [SlabUsage.Cache]) throws(Failure) -> TracePlan {
    guard !caches.isEmpty else { throw Failure(status: .notPermitted, TraceRefusal.noSlabinfo) }
    guard let cache = caches.first(where: { $0.name == name || $0.aliases.contains(name) }) else {
      throw Failure(
        status: .noSuchInput,
        TraceRefusal.noSuchCache(name, similar: Self.similar(to: name, caches)))
    }
    if let size = GenericCache.size(cache.name) { return TracePlan(target([.kmalloc], size: size)) }
    var target = target([.cache])
    target.cacheName = (cache.name, cache.objectSize)
    return TracePlan(target, cache: cache.name)
  }

  private func target(_ kinds: Set<TraceRecord.Kind>, size: Int64? = nil) -> TraceTarget {
    var sampling: Int64 = 1
    if case .one(let number) = self.sampling { sampling = number }
    return TraceTarget(kinds: kinds, size: size, pid: pid, sampling: sampling)
  }

  /// The size of the cache that kmalloc takes so many bytes from; beyond the largest, whole pages.
  private static func kmallocSize(_ bytes: Int64, _ caches: [SlabUsage.Cache]) -> Int64 {
    let sizes = Set(caches.compactMap { GenericCache.size($0.name) })
    if let size = sizes.filter({ $0 >= bytes }).min() { return size }
    var size = max(4096, sizes.max() ?? 4096)
    while size < bytes, size < 1 << 40 { size *= 2 }
    return size
  }

  /// Names that have a part of the wanted one in common.
  private static func similar(to name: String, _ caches: [SlabUsage.Cache]) -> [String] {
    let start = String(name.prefix(4))
    return caches.map(\.name).filter { $0.hasPrefix(start) || $0.contains(name) }.sorted()
      .prefix(4).map { $0 }
  }
}
