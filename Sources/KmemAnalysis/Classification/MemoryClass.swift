/// A disjoint part of MemTotal.
package enum MemoryClass: String, CaseIterable, Hashable, Sendable {
  case free
  /// Free pages that processors keep at hand, outside the buddy allocator: in no line of meminfo.
  case perCpuFreeLists
  case anonymous
  case shmem
  /// What the LRU lists hold beyond anonymous, cache and shmem: swap cache and pages on their way.
  case lruInTransit
  case pageCache
  case slabReclaimable
  /// Reclaimable kernel memory other than slab (KReclaimable − SReclaimable).
  case kernelMiscReclaimable
  case slabUnreclaimable
  case kernelStacks
  case shadowCallStacks
  case pageTables
  /// Page tables of virtual machines and IOMMUs.
  case secPageTables
  case percpu
  case vmalloc
  case hugePages
  case bounce
  case quicklists
  /// Copies of dirty pages that FUSE writes from.
  case writebackTemp
  case hardwareCorrupted
  /// Compressed swap: zram and zswap.
  case zspages
  /// Pages that GPU drivers use (GPUActive, 7.1).
  case gpuActive
  /// Pages that GPU drivers keep for reuse and give back (GPUReclaim, 7.1).
  case gpuReclaim
  /// The cache of ZFS, as far as it lies in pages of its own.
  case zfsArc
  /// `struct page` arrays and page extensions that were allocated after boot.
  case memoryMap
  /// What kernel debugging itself holds: kmemleak's objects, the stack depot.
  case instrumentation
  /// MemTotal less all other classes. Signed: below zero, something is counted twice.
  case unaccounted
}
