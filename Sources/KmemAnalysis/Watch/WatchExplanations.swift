/// Growth that something else explains: what programs hold, cache, per-CPU memory.
extension [WatchRow] {
  private func row(_ id: SeriesID) -> WatchRow? { first { $0.id == id } }

  /// The rows without the tables that growing per-CPU memory needs beside itself.
  ///
  /// A chunk of it comes with tables and with vectors for memory cgroups and allocation profiling,
  /// which `mm/percpu.c` takes from vmalloc: up to several times what the chunk holds.
  func withoutPercpuTables(beside percpu: WatchRow?) -> [WatchRow] {
    guard let percpu, percpu.isGrowing || percpu.isOpen else { return self }
    let tables = filter(\.isPercpuTable)
    let rate = tables.map(\.rate).reduce(0, +)
    return compactMap { row in
      if tables.contains(row) || row.id == .memoryClass(.vmalloc) && rate >= row.rate / 2 {
        return nil
      }
      guard row.id == .memoryClass(.percpu), rate > 0 else { return row }
      var row = row
      row.explanation = .percpuTables
      return row
    }
  }

  /// Explains growth of unreclaimable slab by its caches on one side, where they make up most of
  /// it.
  ///
  /// Such caches hold mappings (`vm_area_struct`), open files, or buffers of a filesystem. Each of
  /// them alone may not be sure to grow yet. Caches that a count explains are of that side too, and
  /// beside them those that may hold the same. A cache of the kernel's own is accused all the same.
  mutating func explainByCaches(on side: MemorySide, as conclusion: Conclusion) {
    guard let slab = row(.slabUnreclaimable), slab.verdict.conclusion == .growing || slab.isOpen,
      let index = firstIndex(where: { $0.id == slab.id })
    else { return }
    let hasContents = conclusion == .heldForUserSpace && contains(where: \.isContents)
    let caches = filter {
      $0.id.kind == .slabCache && $0.isReclaimable != true && ($0.verdict.low ?? 0) > 0
        && ($0.side == side || $0.verdict.conclusion == conclusion
          || hasContents && $0.isOpen && $0.id.mayBeContents)
    }
    guard caches.map(\.rate).reduce(0, +) >= slab.rate * 2 / 3 else { return }
    let caused = caches.filter(\.isByProduct)
    let isCaused = caused.map(\.rate).reduce(0, +) >= slab.rate / 2
    let cause = isCaused ? caused.max { $0.rate < $1.rate }?.explanation : nil
    self[index].explain(as: conclusion, cause ?? .caches(side))
  }

  /// Explains growth of unreclaimable slab by reclaimable slab, where that grows faster.
  ///
  /// A filesystem's inodes can be given back, and so can what the filesystem keeps beside each
  /// (ext4's `jbd2_inode`, vectors of accounting). A cache of the kernel's own that grows is
  /// accused all the same.
  mutating func explainByCache() {
    guard let cache = row(.slabReclaimable), let slab = row(.slabUnreclaimable), slab.rate > 0,
      cache.verdict.conclusion == .cache
        ? slab.rate <= cache.rate : slab.rate <= cache.verdict.low ?? 0
    else { return }
    let vectors = filter { $0.mayBeVectors(beside: cache) }.map(\.id)
    let own = filter {
      $0.id.kind == .slabCache && $0.side == .kernel && $0.isGrowing && !vectors.contains($0.id)
    }
    guard own.map(\.rate).reduce(0, +) < slab.rate / 2 else { return }
    let sums = [slab.id, .side(.kernel)]
    for index in indices where self[index].verdict.conclusion == .growing || self[index].isOpen {
      let row = self[index]
      guard
        vectors.contains(row.id)
          || sums.contains(row.id) && row.rate <= 1.5 * slab.rate
      else { continue }
      self[index].explain(as: .cache, .reclaimableSlab)
    }
  }

  /// Explains growth of memory in use by cache, where no other side grows and cache grows faster.
  ///
  /// While there is little cache, the kernel counts only half of it as available: it keeps as much
  /// as its watermarks (`si_mem_available`, mm/show_mem.c).
  mutating func explainInUse() {
    guard let inUse = firstIndex(where: { $0.id == .system }), self[inUse].rate > 0,
      let cache = row(.side(.cache)), self[inUse].rate <= cache.rate,
      cache.verdict.conclusion == .cache || (cache.verdict.low ?? 0) >= self[inUse].rate
    else { return }
    let others = MemorySide.inUse.filter { $0 != .cache }.compactMap { row(.side($0)) }
    let rest = others.map { Swift.max(0, $0.rate) }.reduce(0, +)
    guard !others.contains(where: \.isGrowing), rest <= self[inUse].rate / 4,
      self[inUse].verdict.conclusion == .growing || self[inUse].isOpen
    else { return }
    self[inUse].explain(as: .cache, .unavailableCache)
  }

  private func row(_ memoryClass: MemoryClass) -> WatchRow? { row(.memoryClass(memoryClass)) }
}

extension WatchRow {
  /// Whether the row may be the vectors that are kept for each slab of the cache that grows.
  fileprivate func mayBeVectors(beside cache: WatchRow) -> Bool {
    guard side == .kernel, case .slabCache(let name) = id else { return false }
    return ObjectVectors.mayFill(name, at: rate, beside: cache.rate)
  }

  /// Whether the row is memory that chunks of per-CPU memory need beside themselves.
  fileprivate var isPercpuTable: Bool {
    guard case .vmallocCaller(let caller) = id else { return false }
    return caller.isPercpu
  }

  /// Whether it is explained by what programs keep in what they hold open.
  fileprivate var isContents: Bool {
    if case .contents = explanation { true } else { false }
  }

  mutating func explain(as conclusion: Conclusion, _ explanation: Explanation) {
    self.explanation = explanation
    verdict = verdict.concluded(conclusion)
  }
}
