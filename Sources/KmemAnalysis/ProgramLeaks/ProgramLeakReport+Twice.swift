package import KmemParsers

extension ProgramLeakReport {
  /// What memleak counts twice: slabs when a cache's objects are allocated, and again as the pages that
  /// the slab allocator took for them.
  package var countedTwice: ProgramLeakAmount? {
    var twice = ProgramLeakAmount()
    let own = groups.filter { $0.tool == .memleak && $0.frames.count == 1 }
    for pages in own where pages.innermost(in: Self.pageAllocators) {
      let isTwice = own.contains {
        $0.innermost(in: Self.slabAllocators) && $0.amount == pages.amount
      }
      if isTwice { twice.add(pages.amount) }
    }
    return twice.isZero ? nil : twice
  }

  private static let pageAllocators = ["alloc_pages", "alloc_frozen_pages", "get_free_pages"]
  private static let slabAllocators = ["kmem_cache_alloc", "kmalloc", "kmem_cache_zalloc"]
}

extension ProgramLeakGroup {
  fileprivate func innermost(in names: [String]) -> Bool {
    guard let name = frames.first?.name else { return false }
    return names.contains { name.contains($0) }
  }
}
