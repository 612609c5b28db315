/// Who asked for what grew most, where a source of the kernel's names them exactly.
package enum ExactOwner: Hashable, Sendable {
  /// A line of source, by `/proc/allocinfo`.
  case line(AllocationSite)
  /// A caller, by `/proc/vmallocinfo`.
  case caller(VmallocCaller)
}

extension Growth {
  /// The kernel's class that grew most; nothing if none did.
  package var suspectClass: ClassChange? {
    classes
      .filter { $0.memoryClass.side.isSuspect && ($0.bytes.growth ?? 0) > 0 }
      .max { ($0.bytes.growth ?? 0) < ($1.bytes.growth ?? 0) }
  }

  /// The slab cache of the kernel's own that grew most.
  package var suspectCache: CacheChange? {
    caches.elements.first { $0.growth > 0 && $0.side == .kernel }
  }

  /// The owner of what the suspect class gained, or of a third of it at least.
  package var exactOwner: ExactOwner? {
    guard let suspect = suspectClass, let growth = suspect.bytes.growth else { return nil }
    if let tag = tag(for: suspect.memoryClass, atLeast: growth / 3) { return .line(tag) }
    guard suspect.memoryClass == .vmalloc,
      let caller = vmallocCallers.elements.first(where: { !$0.name.isPercpu }),
      caller.bytes.growthIfAbsentIsZero > growth / 3
    else { return nil }
    return .caller(caller.name)
  }

  private func tag(for memoryClass: MemoryClass, atLeast least: Int64) -> AllocationSite? {
    let cache = memoryClass == .slabUnreclaimable ? suspectCache : nil
    let wanted = cache.map { $0.growth / 2 } ?? least
    return allocationSites.elements.first { tag in
      tag.name.role == .owner && tag.bytes.growthIfAbsentIsZero > wanted
        && (cache.map { tag.fits($0) } ?? true)
    }?.name
  }
}

extension NamedChange<AllocationSite> {
  /// Whether the objects that the line gained are of the cache's size.
  fileprivate func fits(_ cache: CacheChange) -> Bool {
    let calls = count.growthIfAbsentIsZero
    guard calls > 0 else { return false }
    let size = bytes.growthIfAbsentIsZero / calls
    return size <= cache.objectSize && size > cache.objectSize / 2
  }
}
