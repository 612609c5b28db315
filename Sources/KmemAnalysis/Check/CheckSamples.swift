import KmemParsers
package import KmemSnapshot

/// Amounts of memory before a command and after each time it ran.
package struct CheckSamples {
  private var samples: [[SeriesID: Int64]] = []
  /// Whether the kernel counts a slab cache as reclaimable, by the cache's name.
  private var reclaimable: [String: Bool] = [:]
  /// How many bytes a cache may seem to gain without a leak.
  private var slack: [SeriesID: Int64] = [:]
  /// Whether slab caches were shrunk before each sample, so that none holds empty slabs.
  private let isShrunk: Bool

  /// Begins without samples; `isShrunk` says that slab caches are shrunk before each of them.
  package init(isShrunk: Bool) { self.isShrunk = isShrunk }

  /// How many samples there are.
  package var count: Int { samples.count }

  /// Adds the amounts of a snapshot; modules are left out, whose amounts are sums of others.
  package mutating func add(_ snapshot: Snapshot) {
    let amounts = MemoryAmounts(snapshot)
    reclaimable.merge(amounts.reclaimable) { _, new in new }
    if !isShrunk {
      for cache in snapshot.slabUsage?.caches ?? [] {
        slack[.slabCache(cache.name)] = cache.perCpuSlack(processors: snapshot.processors)
      }
    }
    samples.append(amounts.values.filter { $0.key.kind != .module })
  }

  /// The amounts that changed with the verdicts on them: those that may leak first, the worst
  /// before the others.
  package func series() -> [CheckSeries] {
    Set(samples.flatMap(\.keys)).compactMap { id -> CheckSeries? in
      // A cache that isn't listed, where others are, holds nothing.
      let values = samples.map { $0[id] ?? (id.isNothingWhenAbsent ? 0 : nil) }
      let known = values.compactMap(\.self)
      guard let side = id.side(reclaimable: reclaimable), known.max() != known.min() else {
        return nil
      }
      return CheckSeries(
        id: id, side: side, values: values, trend: IterationTrend(values),
        slack: slack[id] ?? 0)
    }
    .sorted(by: CheckSeries.isWorse)
  }
}

extension SlabUsage.Cache {
  /// Bytes of free objects that SLUB counts as used, as they are on processors' partial slabs.
  ///
  /// There are at most twice `cpu_partial` objects a processor, by their size (`set_cpu_partial` in
  /// mm/slub.c), and one slab in use.
  fileprivate func perCpuSlack(processors: Int) -> Int64 {
    let partial: Int64 =
      switch objectSize {
      case 4096...: 6
      case 1024...: 24
      case 256...: 52
      default: 120
      }
    let perSlab = slabs > 0 ? objects / slabs : 0
    return Int64(processors).timesClamped((2 * partial).plus(perSlab)).timesClamped(objectSize)
  }
}

extension Snapshot {
  /// The number of processors, as far as zoneinfo shows them; at least one.
  fileprivate var processors: Int {
    max(1, zoneinfo.value?.zones.map(\.pagesets.count).max() ?? 1)
  }
}
