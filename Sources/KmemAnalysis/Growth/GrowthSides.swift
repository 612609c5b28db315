extension SideTotals {
  /// The growth that is known, by whose memory it is.
  ///
  /// A class whose growth isn't known is on no side. Where that is slab, its caches tell what they do;
  /// where it is vmalloc, its callers.
  init(
    classes: [ClassChange], caches: [CacheChange],
    callers: [NamedChange<VmallocCaller>]
  ) {
    self.init(
      classes.compactMap { change in
        change.bytes.growth.map { (key: change.memoryClass, value: $0) }
      })
    let homes = SlabHomes(classes)
    for cache in caches {
      move(cache.growth, from: homes.home(isReclaimable: cache.isReclaimable), to: cache.side)
    }
    guard !classes.contains(where: { $0.memoryClass == .vmalloc && $0.bytes.growth != nil }) else {
      return
    }
    for caller in callers where !caller.name.isStack {
      move(caller.bytes.growthIfAbsentIsZero, from: nil, to: caller.name.side)
    }
  }
}

/// The side on which the class that counts a slab cache stands, where the class's growth is known.
private struct SlabHomes {
  private let classes: [ClassChange]

  init(_ classes: [ClassChange]) { self.classes = classes }

  /// Before 2.6.19 slab was one sum, which stands as unreclaimable.
  func home(isReclaimable: Bool?) -> MemorySide? {
    let hasReclaimable = classes.contains { $0.memoryClass == .slabReclaimable }
    let home: MemoryClass =
      isReclaimable == true && hasReclaimable ? .slabReclaimable : .slabUnreclaimable
    return classes.first { $0.memoryClass == home }?.bytes.growth == nil ? nil : home.side
  }
}
