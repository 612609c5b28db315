extension MemoryClass {
  /// Whose memory the class is.
  package var side: MemorySide {
    switch self {
    case .free, .perCpuFreeLists: .free
    case .anonymous: .userSpace
    // Pages of programs on their way between the lists, and in the swap cache.
    case .lruInTransit: .userSpace
    // Files in tmpfs and segments stay when no program has them open; so do huge pages.
    case .shmem, .hugePages: .heldForUserSpace
    case .kernelStacks, .shadowCallStacks, .pageTables: .heldForUserSpace
    // Virtual machines'; since about 6.10 also those of devices' DMA.
    case .secPageTables: .heldForUserSpace
    case .gpuActive: .heldForUserSpace
    case .pageCache, .slabReclaimable, .kernelMiscReclaimable, .writebackTemp, .gpuReclaim: .cache
    // Its shrinker gives it back down to `c_min`.
    case .zfsArc: .cache
    case .slabUnreclaimable, .percpu, .vmalloc, .bounce, .quicklists, .hardwareCorrupted,
      .zspages, .memoryMap:
      .kernel
    case .instrumentation: .debugging
    case .unaccounted: .unaccounted
    }
  }
}
