package import KmemAnalysis

extension MemoryClass {
  /// The class in words, as a line of a table begins.
  package var title: String {
    switch self {
    case .free: "free"
    case .perCpuFreeLists: "free, on per-CPU lists"
    case .anonymous: "anonymous"
    case .shmem: "shmem and tmpfs"
    case .lruInTransit: "LRU, other"
    case .pageCache: "page cache"
    case .slabReclaimable: "slab, reclaimable"
    case .kernelMiscReclaimable: "other reclaimable"
    case .slabUnreclaimable: "slab, unreclaimable"
    case .kernelStacks: "kernel stacks"
    case .shadowCallStacks: "shadow call stacks"
    case .pageTables: "page tables"
    case .secPageTables: "secondary page tables"
    case .percpu: "percpu"
    case .vmalloc: "vmalloc"
    case .hugePages: "huge pages"
    case .bounce: "bounce buffers"
    case .quicklists: "quicklists"
    case .writebackTemp: "FUSE writeback"
    case .hardwareCorrupted: "hardware corrupted"
    case .zspages: "zram and zswap"
    case .gpuActive: "GPU, in use"
    case .gpuReclaim: "GPU, reclaimable"
    case .zfsArc: "ZFS cache"
    case .memoryMap: "memory map"
    case .instrumentation: "instrumentation"
    case .unaccounted: "unaccounted"
    }
  }
}
