import KmemParsers
import KmemSnapshot

/// The amounts of a snapshot that can be followed: classes, caches, callers, lines of source,
/// modules.
///
/// The memory of kernel debugging and of kmemcheck itself is left out: observing must not look like
/// a leak.
package struct MemoryAmounts: Sendable {
  /// Each amount, in bytes or as a count, as the series' unit says.
  package private(set) var values: [SeriesID: Int64] = [:]
  /// Whether the kernel counts a slab cache as reclaimable, by the cache's name; caches of which
  /// that isn't known are missing.
  package private(set) var reclaimable: [String: Bool] = [:]

  /// Begins without amounts.
  package init() {}

  /// Begins without amounts, with room for so many.
  package init(capacity: Int) { values.reserveCapacity(capacity) }

  /// The amounts of one moment.
  package init(_ model: MemoryModel) {
    addClasses(of: model)
    addCaches(of: model)
    addCallers(of: model)
    addLines(of: model)
  }

  /// Adds an amount; of a slab cache also whether the kernel counts it as reclaimable.
  package mutating func add(_ series: SeriesID, _ value: Int64, isReclaimable: Bool? = nil) {
    // One search: there are thousands of lines of source in each sample.
    func add(to known: inout Int64) { known = value.plus(known) }
    add(to: &values[series, default: 0])
    if let isReclaimable, case .slabCache(let name) = series { reclaimable[name] = isReclaimable }
  }

  /// Takes out the anonymous memory of kmemcheck itself, which grows by every sample that it keeps.
  package mutating func leaveOut(anonymous own: Int64) {
    leaveOut(own, of: .anonymous)
  }

  /// Takes out the files of kmemcheck itself that lie in tmpfs: a history grows by every sample too.
  package mutating func leaveOut(shmem own: Int64) { leaveOut(own, of: .shmem) }

  private mutating func leaveOut(_ own: Int64, of memoryClass: MemoryClass) {
    for series in [SeriesID.memoryClass(memoryClass), .system] {
      guard let known = values[series] else { continue }
      values[series] = max(0, known.minus(own))
    }
  }

  /// Takes out of the sum of unreclaimable slab what the structures describing areas of vmalloc take:
  /// they are left out as a cache and as lines of source, and freed late.
  ///
  /// Sums that must agree with the books keep it.
  mutating func leaveOutLazilyFreed(of model: MemoryModel) {
    let series = SeriesID.memoryClass(.slabUnreclaimable)
    guard let known = values[series],
      let cache = model.slab?.caches.first(where: { $0.name == Self.lazilyFreedCache })
    else { return }
    values[series] = max(0, known.minus(cache.bytes))
  }

  private mutating func addClasses(of model: MemoryModel) {
    for line in model.books?.lines ?? [] {
      guard let bytes = line.bytes, line.memoryClass.side.conclusion != nil else { continue }
      add(.memoryClass(line.memoryClass), bytes)
    }
  }

  private mutating func addCaches(of model: MemoryModel) {
    for cache in model.slab?.caches ?? [] {
      guard cache.side != .debugging, cache.name != Self.lazilyFreedCache else { continue }
      // Objects are counted, not slabs: a slab is shared, and stays when some of its objects are
      // freed.
      add(
        .slabCache(cache.name), cache.activeObjects.timesClamped(cache.objectSize),
        isReclaimable: cache.isReclaimable)
    }
  }

  private mutating func addCallers(of model: MemoryModel) {
    let hasLines = model.snapshot.allocinfo.value?.isCounting == true
    for (caller, held) in model.callers.value ?? [:] {
      add(.vmallocCaller(caller), held.bytes)
      guard let module = caller.module, !hasLines else { continue }
      add(.module(module), held.bytes)
    }
  }

  private mutating func addLines(of model: MemoryModel) {
    guard model.snapshot.allocinfo.value?.isCounting == true else { return }
    for held in model.sites.value?.rows ?? []
    where held.tag.role == .owner && !Self.lazilyFreed.contains(held.tag.function) {
      add(.allocationSite(held.tag), held.bytes)
      // Most of what a module of a filesystem holds is cache.
      guard let module = held.tag.module, !held.tag.isOfFilesystem else { continue }
      add(.module(module), held.bytes)
    }
  }

  /// The cache of the structures that describe areas of vmalloc; each reading of `/proc` takes and
  /// frees some.
  private static let lazilyFreedCache = "vmap_area"

  /// The lines of source that allocate the structures describing areas of vmalloc.
  ///
  /// These are freed with many others at some later time (mm/vmalloc.c, `lazy_max_pages`), while
  /// the areas themselves are counted by their callers. Page tables of the kernel's own addresses
  /// (`__pte_alloc_kernel`, mm/memory.c) are never freed: while freed areas wait, new ones get further
  /// addresses, a page for each 2 MiB, until those of the first are free.
  private static let lazilyFreed: Set = [
    "alloc_vmap_area", "preload_this_cpu_lock", "__get_vm_area_node", "__pte_alloc_kernel",
  ]
}
