import KmemAnalysis

/// Objects held for programs that became more while what programs have did not: the kernel keeps what
/// programs have given back.
struct HeldDoubt {
  let cache: CacheChange
  let things: KernelCount
  let gained: Int64

  /// Nothing where the counts bear the growth out, or aren't known.
  ///
  /// From 1,000 objects on, of which the kernel's own count explains less than a quarter; slabs that
  /// are partly used hold free objects too.
  init?(_ growth: Growth) {
    let known = growth.counts
    for cache in growth.caches.elements {
      guard let things = Self.counts[cache.name],
        let gained = known.first(where: { $0.things == things })?.count.growth
      else { continue }
      let objects = cache.objects.growthIfAbsentIsZero
      guard objects >= 1000, cache.growth >= growth.verdict.floor, gained < objects / 4 else {
        continue
      }
      (self.cache, self.things, self.gained) = (cache, things, gained)
      return
    }
    return nil
  }

  /// The sentence that stands in the place of an all-clear.
  var sentence: String {
    "But \(things.title) changed by \(Amount.signedCount(gained)) only, and objects of "
      + "\(cache.name) by \(Amount.signedCount(cache.objects.growthIfAbsentIsZero)): the kernel may "
      + "keep what programs have given back."
  }

  /// What the kernel counts one for one with the objects of a cache.
  private static let counts: [String: KernelCount] = [
    "task_struct": .threads, "filp": .openFiles, "sock_inode_cache": .sockets,
  ]
}
