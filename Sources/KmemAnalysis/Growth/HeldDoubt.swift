/// Why memory that the kernel holds for programs gets no all-clear although it grew on their side.
package enum HeldDoubt: Hashable, Sendable {
  /// Objects of a cache became more by `gained`, what programs have of these things by `counted`;
  /// nil where a moment doesn't tell that.
  case objects(of: String, gained: Int64, KernelCount, counted: Int64?)
  /// A pool of huge pages grew, which stays whoever ends.
  case hugePages
  /// Stacks grew by more than so many threads have; nil where a moment doesn't tell the threads.
  case stacks(threads: Int64?)
}

extension Growth {
  /// The doubt, where there is one: of a cache before that of a class.
  package var heldDoubt: HeldDoubt? {
    caches.elements.lazy.compactMap(doubt).first ?? classDoubt
  }

  /// From 1,000 objects on, of which the kernel's own count explains less than a quarter; slabs that
  /// are partly used hold free objects too.
  private func doubt(_ cache: CacheChange) -> HeldDoubt? {
    guard let things = KernelCount.followed.first(where: { $0.cache == cache.name }) else {
      return nil
    }
    let counted = gained(things)
    let objects = cache.objects.growthIfAbsentIsZero
    guard objects >= 1000, cache.growth >= verdict.floor, counted.map({ $0 < objects / 4 }) ?? true
    else { return nil }
    return .objects(of: cache.name, gained: objects, things, counted: counted)
  }

  /// A class that makes more than half of what is held: huge pages, and stacks of more threads than
  /// there are.
  private var classDoubt: HeldDoubt? {
    let half = verdict.sides[.heldForUserSpace] / 2
    if self[.hugePages] ?? 0 > half { return .hugePages }
    guard let stacks = self[.kernelStacks], stacks > half else { return nil }
    guard let threads = gained(.threads) else { return .stacks(threads: nil) }
    let most = Double(max(0, threads)) * KernelCount.threads.mostBytes
    return Double(stacks - verdict.floor) > most ? .stacks(threads: threads) : nil
  }

  /// How many more there are; nothing where a moment doesn't tell.
  private func gained(_ things: KernelCount) -> Int64? {
    if unchangedCounts.contains(things) { return 0 }
    return counts.first { $0.things == things }?.count.growth
  }
}
