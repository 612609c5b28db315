import KmemParsers
import KmemSnapshot

/// Puts together what all sources say about who owns the growth between two snapshots.
struct Attributions {
  let before: Snapshot
  let after: Snapshot
  let classes: [ClassChange]
  let caches: [CacheChange]
  let callers: [NamedChange<VmallocCaller>]
  let leaks: [LeakGroup]
  private let inferred: InferredOwners
  private var tagged: TaggedOwners?

  init(_ growth: Growth, from before: MemoryModel, to after: MemoryModel, leaks: [LeakGroup]) {
    self.before = before.snapshot
    self.after = after.snapshot
    classes = growth.classes
    caches = growth.caches.elements.filter { $0.side != .debugging }
    callers = growth.vmallocCallers.elements
    self.leaks = leaks
    inferred = InferredOwners(after.snapshot)
    guard case .listed(let tags) = growth.allocationSites else { return }
    tagged = TaggedOwners(
      tags: tags, caches: caches, callers: callers, pages: pages, pageSize: pageSize,
      processors: after.snapshot.processors ?? 1)
  }

  private var pageSize: Int64 { Int64(after.host.pageSize.bytes) }

  /// What classes of whole pages gained; of slab, what no cache explains: kmalloc of whole pages.
  private var pages: [MemoryClass: Int64] {
    var pages: [MemoryClass: Int64] = [:]
    for memoryClass in [MemoryClass.unaccounted, .percpu, .pageTables] {
      pages[memoryClass] = growth(memoryClass) ?? 0
    }
    // Without the caches nothing tells what of slab lies in none.
    let hasCaches = [before, after].allSatisfy { $0.slabinfo.value != nil }
    guard hasCaches else { return pages }
    pages[.slabUnreclaimable] = growth(.slabUnreclaimable).map { slab in
      slab.minus(caches.filter { $0.isReclaimable != true }.sum(\.growth))
    }
    return pages
  }

  private func growth(_ memoryClass: MemoryClass) -> Int64? {
    classes.first { $0.memoryClass == memoryClass }?.bytes.growth
  }

  /// The owners of every cache and class that grew, the largest growth first.
  func all() -> [Attribution] {
    let steps = NextSteps(before: before, after: after)
    var all = caches.filter { $0.growth >= Attribution.least }.map { cache in
      attribution(
        .slabCache(cache.name), cache.growth, candidates(for: cache), cache.aliases, steps)
    }
    let wanted: [MemoryClass] = [.vmalloc, .percpu, .unaccounted, .slabUnreclaimable]
    for memoryClass in wanted {
      let growth = memoryClass == .slabUnreclaimable ? pages[memoryClass] : growth(memoryClass)
      guard let growth, growth >= 4 * Attribution.least else { continue }
      all.append(
        attribution(.memoryClass(memoryClass), growth, candidates(for: memoryClass), [], steps))
    }
    return withVectors(all).sorted { $0.growth > $1.growth }
  }

  private func attribution(
    _ subject: SeriesID, _ growth: Int64, _ candidates: [Candidate],
    _ aliases: [String], _ steps: NextSteps
  ) -> Attribution {
    // A possible owner of hardly anything explains nothing, and hides what would tell more.
    let candidates = candidates.filter {
      $0.confidence != .possible || ($0.growth ?? .max) >= growth / 50
    }
    let found = Attribution(
      subject: subject, growth: growth, candidates: candidates, aliases: aliases, nextStep: nil)
    let isKnown = found.exactGrowth >= growth / 2
    return Attribution(
      subject: subject, growth: growth, candidates: candidates, aliases: aliases,
      nextStep: isKnown ? nil : steps.step(for: found))
  }

  /// All that is known of a cache's owners, each source joined to what the surer ones found.
  private func candidates(for cache: CacheChange) -> [Candidate] {
    var found = tagged?.candidates[.slabCache(cache.name)] ?? []
    for candidate in traced(cache) { found.join(candidate) }
    for candidate in leaked(cache) { found.join(candidate) }
    for candidate in inferred.candidates(for: cache.name, aliases: cache.aliases) {
      // Where the kernel counted for someone else, a name is no reason to accuse another.
      let isExact = found.contains { $0.confidence == .exact }
      if !isExact || found.contains(where: { $0.owner.isSame(as: candidate.owner) }) {
        found.join(candidate)
      }
    }
    return found.ranked
  }

  private func traced(_ cache: CacheChange) -> [Candidate] {
    func traces(_ snapshot: Snapshot) -> AllocTraces? {
      snapshot.allocTraces[cache.name]
        ?? snapshot.slabAliases.value?.id(of: cache.name).flatMap { snapshot.allocTraces[$0] }
    }
    guard let now = traces(after) else { return [] }
    // What tracking itself adds to each object is in slabinfo's size, and no owner asked for it.
    let size = inferred.objectSize(of: cache.name) ?? cache.objectSize
    return TracedOwners.candidates(from: traces(before), to: now, size: size)
  }

  /// The groups of a kmemleak report whose objects are of the cache's size.
  private func leaked(_ cache: CacheChange) -> [Candidate] {
    guard let size = inferred.objectSize(of: cache.name) ?? Self.kmallocSize(cache) else {
      return []
    }
    let rivals = caches.filter {
      $0.growth >= Attribution.least && (inferred.objectSize(of: $0.name) ?? $0.objectSize) == size
    }
    return leaks.compactMap { group in
      guard group.sizes.entries.contains(where: { Int64(clamping: $0.value) == size }),
        let frame = group.culprit
      else { return nil }
      return Candidate(
        owner: Owner(module: frame.module, function: frame.symbol),
        confidence: rivals.count > 1 ? .possible : .likely,
        evidence: [
          Evidence(
            .unreferenced(objects: group.objects, size: size),
            stack: group.callers.prefix(8).map { $0.origin.isRefuted ? "?" : $0.printed })
        ],
        count: group.objects)
    }
  }

  private static func kmallocSize(_ cache: CacheChange) -> Int64? {
    GenericCache.isGeneric(cache.name) ? cache.objectSize : nil
  }

  private func candidates(for memoryClass: MemoryClass) -> [Candidate] {
    var found: [Candidate] = memoryClass == .vmalloc ? called() : []
    for candidate in tagged?.candidates[.memoryClass(memoryClass)] ?? [] {
      addLine(candidate, to: &found)
    }
    if let use = Self.uses[memoryClass], let old = before.pageOwner.value,
      let new = after.pageOwner.value
    {
      let owners = TracedOwners.candidates(from: old, to: new, use: use, pageSize: pageSize)
      for candidate in owners.prefix(20) { found.join(candidate) }
    }
    return found.ranked
  }

  /// Adds a line of source; a caller of vmalloc that is the same function is counted by both.
  private func addLine(_ candidate: Candidate, to found: inout [Candidate]) {
    let line = candidate.growth ?? 0
    let known = found.firstIndex { caller in
      guard caller.owner.line == nil else { return false }
      let mapped = caller.growth ?? 0
      return caller.owner.isSame(as: candidate.owner)
        || caller.owner.module != nil && caller.owner.module == candidate.owner.module
          && line > mapped / 2 && line < mapped.plus(mapped / 2)
    }
    guard let known else { return found.append(candidate) }
    found[known].owner = candidate.owner
    found[known].evidence += candidate.evidence
  }

  private static let uses: [MemoryClass: AllocationStack.Use] = [
    .unaccounted: .loose, .slabUnreclaimable: .largeKmalloc,
  ]

  /// The callers of vmalloc; stacks are a class of their own.
  private func called() -> [Candidate] {
    callers.filter { $0.bytes.growthIfAbsentIsZero > 0 && !$0.name.isStack }.prefix(20).map {
      caller in
      let areas = caller.count.growthIfAbsentIsZero
      return Candidate(
        owner: Owner(caller.name), confidence: .exact,
        evidence: [Evidence(.areas(areas, of: caller.name))],
        growth: caller.bytes.growthIfAbsentIsZero, count: areas)
    }
  }

  /// Names the owner of per-CPU memory for the vectors beside it, which are vmalloc memory.
  private func withVectors(_ all: [Attribution]) -> [Attribution] {
    guard
      let percpu = all.first(where: { $0.subject == .memoryClass(.percpu) })?.best,
      let place = all.firstIndex(where: { $0.subject == .memoryClass(.vmalloc) }),
      let vectors = all[place].best, vectors.owner.isPercpuAllocator
    else { return all }
    var all = all
    let owner = Candidate(
      owner: percpu.owner, confidence: .likely, evidence: vectors.evidence + percpu.evidence,
      growth: vectors.growth, count: vectors.count)
    all[place] = Attribution(
      subject: all[place].subject, growth: all[place].growth,
      candidates: [owner] + all[place].candidates.dropFirst(), aliases: [], nextStep: nil)
    return all
  }
}
