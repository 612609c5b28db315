/// Why memory that the kernel holds for programs is no matter of theirs, or may not be.
package enum HeldDoubt: Hashable, Sendable {
  /// Objects of a cache became more by `gained`, what programs have of these things by `counted`;
  /// nil where a moment doesn't tell that.
  case objects(of: String, gained: Int64, KernelCount, counted: Int64?)
  /// A pool of huge pages grew, which stays whoever ends.
  case hugePages
  /// Stacks grew by more than so many threads have; nil where a moment doesn't tell the threads.
  case stacks(threads: Int64?)

  /// Whether the counts are known, and don't explain it: then it is the kernel's own.
  package var isSure: Bool {
    switch self {
    case .objects(_, _, _, let counted): counted != nil
    case .stacks(let threads): threads != nil
    case .hugePages: false
    }
  }
}

/// What two moments tell of the evidence for memory that is held for user space.
struct HeldGrowth {
  /// The classes' growth.
  let classes: [ClassChange]
  /// How many more there are of each thing, where both moments tell.
  let gained: [KernelCount: Int64]
  /// Growth below this, in bytes, is noise.
  let floor: Int64

  init(
    classes: [ClassChange], changed: [CountChange], unchanged: [KernelCount], floor: Int64
  ) {
    self.classes = classes
    self.floor = floor
    var gained = Dictionary(unchanged.map { ($0, Int64(0)) }) { first, _ in first }
    for change in changed { gained[change.things] = change.count.growth }
    self.gained = gained
  }

  /// The doubt about a cache: from 1,000 objects on that the counts don't explain.
  func doubt(_ cache: CacheChange) -> HeldDoubt? {
    guard let things = SeriesID.slabCache(cache.name).evidence.first else { return nil }
    let objects = cache.objects.growthIfAbsentIsZero
    guard objects >= 1000, cache.growth >= floor else { return nil }
    let counted = counted(for: .slabCache(cache.name))
    guard HeldEvidence.isMissing(gained: Double(objects), explained: Double(max(0, counted ?? 0)))
    else { return nil }
    return .objects(of: cache.name, gained: objects, things, counted: counted)
  }

  /// Stacks of more threads than there are, beyond noise.
  var stacks: HeldDoubt? {
    guard uncountedStacks > 0 else { return nil }
    return .stacks(threads: gained[.threads])
  }

  /// Bytes of stacks that no thread explains; all of them where threads aren't known.
  var uncountedStacks: Int64 {
    guard let stacks = growth(.kernelStacks), stacks >= floor else { return 0 }
    guard let threads = gained[.threads] else { return stacks }
    let most = Double(max(0, threads)) * KernelCount.threads.mostBytes
    return Double(stacks.minus(floor)) > most ? stacks : 0
  }

  func growth(_ memoryClass: MemoryClass) -> Int64? {
    classes.first { $0.memoryClass == memoryClass }?.bytes.growth
  }

  /// How many more there are of what the memory is for; nothing where the first of them isn't known.
  private func counted(for series: SeriesID) -> Int64? {
    let evidence = series.evidence
    guard let first = evidence.first, gained[first] != nil else { return nil }
    return evidence.compactMap { gained[$0] }.sum { max(0, $0) }
      .plus(min(0, gained[first] ?? 0))
  }
}

extension Growth {
  /// The doubt, where there is one: of a cache before that of a class.
  package var heldDoubt: HeldDoubt? {
    let held = HeldGrowth(
      classes: classes, changed: counts, unchanged: unchangedCounts, floor: verdict.floor)
    if let doubt = caches.elements.lazy.compactMap(held.doubt).first { return doubt }
    // A class is told where it makes more than half of what is held.
    let half = (verdict.sides[.heldForUserSpace]) / 2
    if held.growth(.hugePages) ?? 0 > half { return .hugePages }
    guard let stacks = held.stacks, stacks.isSure || held.uncountedStacks > half else { return nil }
    return stacks
  }
}
