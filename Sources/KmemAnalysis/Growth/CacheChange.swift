import KmemParsers
import KmemSnapshot

extension ClassChange {
  /// Every class that either side has, in the order of the books.
  static func all(from before: Books?, to after: Books?) -> [ClassChange] {
    MemoryClass.allCases.compactMap { memoryClass in
      let (first, second) = (before?[memoryClass], after?[memoryClass])
      guard let line = second ?? first else { return nil }
      return ClassChange(
        memoryClass: memoryClass, bytes: change(memoryClass, first, second),
        missing: second?.missing ?? first?.missing, origin: line.origin)
    }
  }

  /// A class of debugging has a line only while something is held; no line means nothing.
  private static func change(
    _ memoryClass: MemoryClass, _ before: Books.Line?, _ after: Books.Line?
  ) -> Change {
    guard memoryClass == .instrumentation else { return Change(before?.bytes, after?.bytes) }
    return Change(before?.bytes ?? 0, after?.bytes ?? 0)
  }
}

extension CacheChange {
  /// Every cache that either side has, the largest growth first.
  static func all(from before: Snapshot, to after: Snapshot) -> Listing<CacheChange> {
    Listing(from: before.slabinfo, to: after.slabinfo) { _, _ in
      let (old, new) = (before.slabUsage, after.slabUsage)
      // What can't be known on one side has no growth, least of all from nothing.
      let unknown = Set(
        ((old?.impossible ?? []) + (new?.impossible ?? [])).map(GenericCache.commonName))
      return changes(from: old?.caches ?? [], to: new?.caches ?? [])
        .filter { !unknown.contains(GenericCache.commonName($0.name)) }
    }
  }

  private static func changes(
    from before: [SlabUsage.Cache], to after: [SlabUsage.Cache]
  ) -> [CacheChange] {
    let old = Dictionary(before.map { (GenericCache.commonName($0.name), $0) }) { first, _ in first
    }
    let new = Dictionary(after.map { (GenericCache.commonName($0.name), $0) }) { first, _ in first }
    return Set(old.keys).union(new.keys)
      .compactMap { CacheChange(before: old[$0], after: new[$0]) }
      .sorted { ($0.growth, $1.name) > ($1.growth, $0.name) }
  }

  private init?(before: SlabUsage.Cache?, after: SlabUsage.Cache?) {
    guard let cache = after ?? before else { return nil }
    name = cache.name
    bytes = Change(before?.bytes, after?.bytes)
    objects = Change(before?.objects, after?.objects)
    objectSize = cache.objectSize
    aliases = cache.aliases
    isReclaimable = cache.isReclaimable
    meaning = cache.meaning
    side = cache.side
  }
}

extension CountChange {
  /// The counts that both sides have and that changed.
  static func all(from before: KernelCounts, to after: KernelCounts) -> [CountChange] {
    KernelCount.allCases.compactMap { things in
      guard let first = before[things], let second = after[things], first != second else {
        return nil
      }
      return CountChange(things: things, count: Change(first, second))
    }
  }
}

extension Meeting {
  /// Growths that should meet: that of all caches and of slab, that of all callers and of vmalloc.
  static func growths(
    classes: [ClassChange], caches: Listing<CacheChange>,
    callers: Listing<NamedChange<VmallocCaller>>
  ) -> [Meeting] {
    func growth(_ members: Set<MemoryClass>) -> Int64? {
      let changes = classes.filter { members.contains($0.memoryClass) }.map(\.bytes.growth)
      guard !changes.isEmpty, !changes.contains(nil) else { return nil }
      return changes.sum { $0 ?? 0 }
    }
    var meetings: [Meeting] = []
    if case .listed(let caches) = caches,
      let slab = growth([.slabReclaimable, .slabUnreclaimable, .instrumentation])
    {
      meetings.append(
        Meeting(sums: .cacheGrowth, partsBytes: caches.sum(\.growth), wholeBytes: slab))
    }
    if case .listed(let callers) = callers, let vmalloc = growth([.vmalloc, .kernelStacks]) {
      meetings.append(
        Meeting(
          sums: .vmallocGrowth, partsBytes: callers.sum { $0.bytes.growthFromNothing },
          wholeBytes: vmalloc))
    }
    return meetings
  }
}
