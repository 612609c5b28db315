/// Who asked for what grew most, where a source of the kernel's names them exactly.
package enum ExactOwner: Hashable, Sendable {
  /// A line of source, by `/proc/allocinfo`.
  case line(AllocationTag)
  /// A caller, by `/proc/vmallocinfo`.
  case caller(VmallocCaller)
}

extension Growth {
  /// The kernel's class that grew most; nothing if none did.
  package var suspectClass: ClassChange? {
    classes
      .filter { $0.memoryClass.side == .kernel || $0.memoryClass == .unaccounted }
      .filter { $0.memoryClass != .instrumentation && ($0.bytes.growth ?? 0) > 0 }
      .max { ($0.bytes.growth ?? 0) < ($1.bytes.growth ?? 0) }
  }

  /// The slab cache that grew most among those that nothing explains.
  package var suspectCache: CacheChange? {
    caches.elements.first {
      $0.growth > 0 && $0.isReclaimable != true && $0.meaning?.holder != .instrumentation
        && $0.meaning?.holder != .userSpace && $0.meaning?.holder != .reclaimableCache
    }
  }

  /// The owner of what the suspect class gained, or of a third of it at least.
  package var exactOwner: ExactOwner? {
    guard let suspect = suspectClass, let growth = suspect.bytes.growth else { return nil }
    if let tag = tag(for: suspect.memoryClass, atLeast: growth / 3) { return .line(tag) }
    guard suspect.memoryClass == .vmalloc,
      let caller = vmallocCallers.elements.first(where: { !$0.name.isChunkOfPercpu }),
      caller.bytes.growthFromNothing > growth / 3
    else { return nil }
    return .caller(caller.name)
  }

  private func tag(for memoryClass: MemoryClass, atLeast least: Int64) -> AllocationTag? {
    let cache = memoryClass == .slabUnreclaimable ? suspectCache : nil
    let wanted = cache.map { $0.growth / 2 } ?? least
    return allocationTags.elements.first { tag in
      tag.name.role == .owner && tag.bytes.growthFromNothing > wanted
        && (cache.map { tag.fits($0) } ?? true)
    }?.name
  }
}

extension NamedChange<AllocationTag> {
  /// Whether the objects that the line gained are of the cache's size.
  fileprivate func fits(_ cache: CacheChange) -> Bool {
    let calls = count.growthFromNothing
    guard calls > 0 else { return false }
    let size = bytes.growthFromNothing / calls
    return size <= cache.objectSize && size > cache.objectSize / 2
  }
}

extension VmallocCaller {
  /// Whether the area is a chunk that per-CPU objects of many owners share.
  fileprivate var isChunkOfPercpu: Bool { caller.hasPrefix("pcpu_") }
}

extension AllocationTag {
  /// What a line's bytes are to someone who looks for an owner.
  package enum Role: Sendable {
    case owner
    /// The pages behind slab objects: the objects' own lines count them already.
    case slabPages
    /// The chunks behind per-CPU objects, which the objects' own lines count.
    case percpuChunks
    /// The pages of programs and of the page cache, which are classes of their own.
    case userPages
    /// Kernel debugging.
    case instrumentation
  }

  package var role: Role {
    if function == "alloc_slab_page" || file == "mm/slab.c" { return .slabPages }
    // Vectors beside each slab, in which profiling and memory cgroups note their objects.
    if function == "alloc_slab_obj_exts" { return .instrumentation }
    // There are thousands of lines, most in other folders than those that are special.
    guard file.hasPrefix("mm/") || file.hasPrefix("lib/") || file.hasPrefix("include/") else {
      return .owner
    }
    if file.hasPrefix("mm/percpu") { return .percpuChunks }
    if Self.userFiles.contains(file) { return .userPages }
    return Self.debugFiles.contains(file) ? .instrumentation : .owner
  }

  private static let userFiles: Set = [
    "mm/memory.c", "mm/shmem.c", "mm/filemap.c", "mm/huge_memory.c", "mm/readahead.c",
    "mm/swap_state.c", "mm/mempolicy.c", "mm/khugepaged.c", "mm/hugetlb.c",
    "include/linux/pagemap.h",
  ]

  private static let debugFiles: Set = [
    "lib/stackdepot.c", "mm/kmemleak.c", "mm/page_ext.c", "mm/page_owner.c", "lib/alloc_tag.c",
    "lib/codetag.c",
  ]
}
