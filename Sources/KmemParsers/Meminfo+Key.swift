extension Meminfo {
  /// The lines of the file that kmemcheck computes with, by the name that the kernel prints.
  ///
  /// Amounts are in `kB`, which means KiB, and the `HugePages_` lines are counts. A line is older than
  /// 2.6.18 and needs no configuration option, unless its comment says so. Vendors' kernels and
  /// backports have lines earlier than the release that is named.
  package enum Key: String, CaseIterable, Sendable {
    /// All RAM that the kernel manages: what it reserves for itself at boot is left out.
    case memTotal = "MemTotal"
    /// Free pages; those on per-CPU lists are counted nowhere.
    case memFree = "MemFree"
    /// An estimate of what programs can have without swapping (3.14).
    case memAvailable = "MemAvailable"
    /// The page cache of block devices.
    case buffers = "Buffers"
    /// The page cache of files, tmpfs and shared memory included, the swap cache not.
    case cached = "Cached"
    /// Pages in memory that swap holds too; in the files of nodes since 5.11.
    case swapCached = "SwapCached"
    /// What the files of nodes print in place of `Buffers`, `Cached` and `SwapCached` together.
    case filePages = "FilePages"
    /// The active LRU lists, anonymous and of files.
    case active = "Active"
    /// The inactive LRU lists, anonymous and of files.
    case inactive = "Inactive"
    /// The active LRU list of anonymous memory and shmem (2.6.28).
    case activeAnon = "Active(anon)"
    /// The inactive LRU list of anonymous memory and shmem (2.6.28).
    case inactiveAnon = "Inactive(anon)"
    /// The active LRU list of files (2.6.28).
    case activeFile = "Active(file)"
    /// The inactive LRU list of files (2.6.28).
    case inactiveFile = "Inactive(file)"
    /// Pages that can't be reclaimed, such as locked ones (2.6.28).
    case unevictable = "Unevictable"
    /// Pages that programs have locked, in part of `Unevictable` (2.6.28).
    case mlocked = "Mlocked"
    /// All swap.
    case swapTotal = "SwapTotal"
    /// Swap that nothing uses.
    case swapFree = "SwapFree"
    /// What zswap holds, compressed (5.19; CONFIG_ZSWAP).
    case zswap = "Zswap"
    /// What zswap holds, as it was before (5.19; CONFIG_ZSWAP).
    case zswapped = "Zswapped"
    /// Anonymous pages that programs map (2.6.18).
    case anonPages = "AnonPages"
    /// Shared memory and tmpfs, which are a part of `Cached` (2.6.32).
    case shmem = "Shmem"
    /// `SReclaimable` and what else the kernel gives back when memory is short (4.20).
    case kReclaimable = "KReclaimable"
    /// All slab memory: `SReclaimable` and `SUnreclaim`.
    case slab = "Slab"
    /// Slab memory that the kernel gives back when memory is short (2.6.19).
    case sReclaimable = "SReclaimable"
    /// Slab memory that stays until its users free it (2.6.19).
    case sUnreclaim = "SUnreclaim"
    /// The kernel stacks of all tasks (2.6.32).
    case kernelStack = "KernelStack"
    /// Stacks of return addresses (5.8; CONFIG_SHADOW_CALL_STACK).
    case shadowCallStack = "ShadowCallStack"
    /// Page tables of programs (2.6.18).
    case pageTables = "PageTables"
    /// Page tables of devices and virtual machines: of KVM (6.1) and of IOMMUs.
    case secPageTables = "SecPageTables"
    /// Page tables kept for reuse (up to 5.3; CONFIG_QUICKLIST).
    case quicklists = "Quicklists"
    /// Bounce buffers of block devices (2.6.18); always 0 in new kernels.
    case bounce = "Bounce"
    /// Pages that FUSE writes back (2.6.26); always 0 in new kernels.
    case writebackTmp = "WritebackTmp"
    /// RAM behind vmalloc areas since 5.3, always 0 from 4.4 on, address space before.
    case vmallocUsed = "VmallocUsed"
    /// The largest free range of vmalloc addresses; always 0 since 4.4.
    case vmallocChunk = "VmallocChunk"
    /// Memory of the per-CPU allocator, its first chunk included (4.19).
    case percpu = "Percpu"
    /// Pages taken out of use as broken (2.6.32; CONFIG_MEMORY_FAILURE).
    case hardwareCorrupted = "HardwareCorrupted"
    /// Memory given back to the hypervisor by a balloon driver (6.16).
    case balloon = "Balloon"
    /// Pages that GPU drivers use (7.1).
    case gpuActive = "GPUActive"
    /// Pages that GPU drivers keep for reuse and give back (7.1).
    case gpuReclaim = "GPUReclaim"
    /// Memory that is set aside for devices which need it in one piece (3.19; CONFIG_CMA).
    case cmaTotal = "CmaTotal"
    /// What is free of it; a part of `MemFree` (3.19; CONFIG_CMA).
    case cmaFree = "CmaFree"
    /// The number of huge pages of the default size (CONFIG_HUGETLB_PAGE).
    case hugePagesTotal = "HugePages_Total"
    /// The number of huge pages of the default size that nothing uses (CONFIG_HUGETLB_PAGE).
    case hugePagesFree = "HugePages_Free"
    /// The number of free huge pages that are promised to programs (2.6.17; CONFIG_HUGETLB_PAGE).
    ///
    /// It went below zero in some kernels.
    case hugePagesRsvd = "HugePages_Rsvd"
    /// The default size of huge pages (CONFIG_HUGETLB_PAGE).
    case hugepageSize = "Hugepagesize"
    /// Huge pages of all sizes (4.19; CONFIG_HUGETLB_PAGE).
    case hugetlb = "Hugetlb"
  }

  /// The entry of a line, if the kernel printed it.
  package subscript(key: Key) -> Entry? { self[key.rawValue] }
}
