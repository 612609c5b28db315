extension CrossCheck {
  /// Growths that should meet: that of all caches and of slab, that of all callers and of vmalloc.
  static func growths(
    classes: [ClassChange], caches: SourceList<CacheChange>,
    callers: SourceList<NamedChange<VmallocCaller>>
  ) -> [CrossCheck] {
    func growth(_ members: Set<MemoryClass>) -> Int64? {
      let changes = classes.filter { members.contains($0.memoryClass) }.map(\.bytes.growth)
      guard !changes.isEmpty, !changes.contains(nil) else { return nil }
      return changes.sum { $0 ?? 0 }
    }
    var crossChecks: [CrossCheck] = []
    if case .listed(let caches) = caches,
      let slab = growth([.slabReclaimable, .slabUnreclaimable, .instrumentation])
    {
      crossChecks.append(
        CrossCheck(sums: .cacheGrowth, partsBytes: caches.sum(\.growth), wholeBytes: slab))
    }
    if case .listed(let callers) = callers, let vmalloc = growth([.vmalloc, .kernelStacks]) {
      crossChecks.append(
        CrossCheck(
          sums: .vmallocGrowth, partsBytes: callers.sum { $0.bytes.growthIfAbsentIsZero },
          wholeBytes: vmalloc))
    }
    return crossChecks
  }
}
