import KmemAnalysis

/// Objects held for programs that became more while what programs have did not: the kernel keeps what
/// programs have given back.
struct HeldDoubt {
  let cache: CacheChange
  let things: KernelCount
  /// What programs gained; nothing where a moment doesn't tell.
  let gained: Int64?

  /// Nothing where the counts bear the growth out, or nothing counts the objects.
  ///
  /// From 1,000 objects on, of which the kernel's own count explains less than a quarter; slabs that
  /// are partly used hold free objects too.
  init?(_ growth: Growth) {
    for cache in growth.caches.elements {
      guard let things = Self.counts[cache.name] else { continue }
      let gained = growth.gained(things)
      let objects = cache.objects.growthIfAbsentIsZero
      guard objects >= 1000, cache.growth >= growth.verdict.floor,
        gained.map({ $0 < objects / 4 }) ?? true
      else {
        continue
      }
      (self.cache, self.things, self.gained) = (cache, things, gained)
      return
    }
    return nil
  }

  /// The sentence that stands in the place of an all-clear.
  var sentence: String {
    guard let gained else {
      return
        "It goes when they are closed or removed; whether programs have more of them isn't known."
    }
    return "But \(things.title) changed by \(Amount.signedCount(gained)) only, and objects of "
      + "\(cache.name) by \(Amount.signedCount(cache.objects.growthIfAbsentIsZero)): the kernel may "
      + "keep what programs have given back."
  }

  /// What the kernel counts one for one with the objects of a cache.
  private static let counts: [String: KernelCount] = [
    "task_struct": .threads, "filp": .openFiles, "sock_inode_cache": .sockets,
  ]
}

extension Growth {
  /// How many more there are; nothing where a moment doesn't tell.
  func gained(_ things: KernelCount) -> Int64? {
    if unchangedCounts.contains(things) { return 0 }
    return counts.first { $0.things == things }?.count.growth
  }
}
