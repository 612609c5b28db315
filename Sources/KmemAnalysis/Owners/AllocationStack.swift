import KmemParsers

/// An allocation stack, and what it says about who asked and for what.
struct AllocationStack: Hashable {
  let frames: [KmemleakFrame]

  init(_ frames: [KmemleakFrame]) { self.frames = frames }

  /// The first frame that isn't an allocator's; where all are, the outermost.
  var owner: Owner? {
    let frame = frames.first { !Self.isAllocator($0) } ?? frames.last
    return frame.map { Owner(module: $0.module, function: $0.symbol ?? $0.text) }
  }

  /// The frames from the owner on, as the kernel prints them.
  var lines: [String] {
    let start = frames.firstIndex { !Self.isAllocator($0) } ?? 0
    return frames.dropFirst(start).prefix(8).map(\.text)
  }

  /// What the pages of such a stack are.
  ///
  /// Only `loose` pages are in no class of the books that another source explains better.
  enum Use: Hashable {
    case slab, largeKmalloc, vmalloc, percpu, user, pageTables, instrumentation, loose
  }

  var use: Use {
    for frame in frames {
      guard let symbol = frame.symbol else { continue }
      let name = AllocatorFunctions.stem(symbol)
      for (use, names) in Self.uses where names.contains(where: name.hasPrefix) { return use }
    }
    return .loose
  }

  private static let uses: [(Use, [String])] = [
    (
      .instrumentation,
      [
        "stack_depot", "depot_", "init_page_owner", "page_ext_", "alloc_slab_obj_exts",
        "memcg_alloc_slab_cgroups",
      ]
    ),
    (.slab, ["alloc_slab_page", "allocate_slab", "new_slab", "kmem_getpages", "cache_grow"]),
    (.largeKmalloc, ["kmalloc_large", "kmalloc_order"]),
    (.percpu, [VmallocCaller.percpuPrefix]),
    (
      .vmalloc,
      ["vmalloc_area_node", "vmalloc_node_range", "vm_area_alloc_pages", "alloc_thread_stack"]
    ),
    (
      .pageTables,
      ["pte_alloc", "pmd_alloc", "pud_alloc", "p4d_alloc", "pgd_alloc", "get_user_pgd"]
    ),
    (
      .user,
      [
        "handle_mm_fault", "do_anonymous_page", "wp_page_copy", "do_cow_fault", "folio_prealloc",
        "vma_alloc_", "alloc_pages_vma", "filemap_", "page_cache_", "pagecache_", "shmem_",
        "do_read_cache", "hugetlb", "alloc_buddy_huge", "alloc_migration_target", "swap_cluster",
        "read_swap_cache", "ondemand_readahead", "do_huge_pmd", "migrate_pages", "setup_arg_pages",
        "get_arg_page", "add_to_page_cache",
      ]
    ),
  ]

  private static func isAllocator(_ frame: KmemleakFrame) -> Bool {
    frame.symbol.map(AllocatorFunctions.contains) ?? false
  }
}
