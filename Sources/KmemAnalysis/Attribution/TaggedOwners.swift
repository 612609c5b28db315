/// Finds what the lines of `/proc/allocinfo` gained memory of: which cache, vmalloc, pages, per-CPU.
///
/// The kernel counts an object with the full size of its cache (`s->size`, the size that slabinfo
/// prints) and pages whole; so bytes ÷ calls tells the cache, unless several of that size grew.
struct TaggedOwners {
  private let caches: [CacheChange]
  private let callers: [(owner: Owner, growth: Int64)]
  private let pageSize: Int64
  private let processors: Int
  /// What each class of whole pages gained that no cache explains.
  private let pages: [MemoryClass: Int64]
  private(set) var candidates: [SeriesID: [Candidate]] = [:]

  init(
    tags: [NamedChange<AllocationSite>], caches: [CacheChange],
    callers: [NamedChange<VmallocCaller>], pages: [MemoryClass: Int64], pageSize: Int64,
    processors: Int
  ) {
    self.processors = processors
    self.caches = caches.filter { $0.growth > 0 && $0.objectSize > 0 }
    self.callers = callers.filter { $0.bytes.growthIfAbsentIsZero > 0 }
      .map { (Owner($0.name), $0.bytes.growthIfAbsentIsZero) }
    self.pages = pages
    self.pageSize = pageSize
    for tag in tags where tag.name.role == .owner && tag.bytes.growthIfAbsentIsZero >= 4 << 10 {
      place(tag)
    }
  }

  private mutating func place(_ tag: NamedChange<AllocationSite>) {
    let (bytes, calls) = (tag.bytes.growthIfAbsentIsZero, tag.count.growthIfAbsentIsZero)
    guard calls > 0 else { return }
    let places = matches(tag.name, bytes: bytes, calls: calls)
    let isUniform = bytes % calls == 0
    for place in places {
      let isByElimination = place == .memoryClass(.percpu)
      let percpu = pages[.percpu] ?? 0
      let growth =
        isByElimination
        ? PercpuCount.held(of: bytes, percpu: percpu, processors: processors) : bytes
      // Of what fits nowhere else, a little says nothing: slab that was free before may hold it.
      let isDoubtful = places.count > 1 || isByElimination && growth < percpu / 2
      let confidence: Confidence =
        isDoubtful ? .possible : isUniform && !isByElimination ? .exact : .likely
      candidates[place, default: []].append(
        Candidate(
          owner: Owner(tag.name), confidence: confidence,
          evidence: [evidence(tag, bytes, calls, places)], growth: growth, count: calls))
    }
  }

  private func evidence(
    _ tag: NamedChange<AllocationSite>, _ bytes: Int64, _ calls: Int64, _ places: [SeriesID]
  ) -> Evidence {
    Evidence(
      .allocations(
        calls, each: bytes / calls, isAbout: bytes % calls != 0, growers: places.count))
  }

  /// Where the line's memory can be; none where nothing grew that it fits.
  private func matches(_ tag: AllocationSite, bytes: Int64, calls: Int64) -> [SeriesID] {
    if let caller = caller(of: tag, bytes: bytes), caller { return [.memoryClass(.vmalloc)] }
    let (size, rest) = bytes.quotientAndRemainder(dividingBy: calls)
    let enough = caches.filter { $0.growth >= bytes / 2 }
    var places = enough.filter { rest == 0 && $0.objectSize == size }
      .map { SeriesID.slabCache($0.name) }
    if places.isEmpty, rest != 0 || size % pageSize != 0 {
      // kmalloc of several sizes: each object lies in a cache of at most twice its size.
      places = enough.filter {
        GenericCache.isGeneric($0.name) && size < $0.objectSize && size > $0.objectSize / 2
      }.map { SeriesID.slabCache($0.name) }
    }
    if rest == 0, size % pageSize == 0 { places += pagePlace(bytes) }
    if places.isEmpty, let percpu = pages[.percpu], percpu >= bytes / 4 {
      places = [.memoryClass(.percpu)]
    }
    return places
  }

  /// Whether the line is a vmalloc caller's: the same function, or its module with as much growth.
  private func caller(of tag: AllocationSite, bytes: Int64) -> Bool? {
    let owner = Owner(tag)
    return callers.contains { caller in
      let isAsMuch = caller.growth > bytes / 2 && caller.growth < bytes.plus(bytes / 2)
      return owner.isSame(as: caller.owner)
        || owner.module != nil && owner.module == caller.owner.module && isAsMuch
    }
  }

  private func pagePlace(_ bytes: Int64) -> [SeriesID] {
    let order: [MemoryClass] = [.unaccounted, .slabUnreclaimable, .pageTables, .vmalloc]
    return order.first { (pages[$0] ?? 0) >= bytes / 2 }.map { [.memoryClass($0)] } ?? []
  }
}
