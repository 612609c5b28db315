package import KmemParsers

extension Books {
  /// Which values of which files an amount is made of.
  package enum Origin: Hashable, Sendable {
    /// Lines of meminfo: their sum, less other amounts; and what the kernel counts among them.
    case meminfo([Meminfo.Key], less: [Part] = [], including: Inclusion? = nil)
    /// Huge pages of the default size: meminfo's HugePages_Total × Hugepagesize.
    case defaultHugePages
    /// Huge pages of all sizes: the pools in sysfs.
    case hugePagePools
    /// The areas of per-CPU chunks that vmallocinfo lists: address space, of which RAM is a part.
    case percpuAreas
    /// The lines of arcstats that tell what lies in pages of its own.
    case arcstats([Arcstats.Key])
    /// What the devices of zram take, by mm_stat, and the amounts of meminfo.
    case zram(and: [Meminfo.Key])
    /// A line of vmstat.
    case vmstat(Vmstat.Key)
    /// The pages on per-CPU lists when meminfo was read, by what zoneinfo counts there and as free.
    case pagesets
    /// The pages of the areas that vmallocinfo lists, with or without kernel stacks.
    case vmallocAreas(lessStacks: Bool)
    /// The caches of kmemleak's own in slabinfo, the pages of the stack depot in allocinfo, or both.
    case instrumentation(slab: Bool, pages: Bool)
    /// MemTotal less all other classes.
    case rest
  }

  /// An amount that is subtracted.
  package enum Part: Hashable, Sendable {
    /// A line of meminfo.
    case line(Meminfo.Key)
    /// The cache of files, from FilePages where Cached isn't printed.
    case filePages
    /// The caches that hold kmemleak's own records.
    case kmemleakCaches
    case kernelStacks
  }

  /// What an amount counts beside what its class is for.
  package enum Inclusion: Hashable, Sendable {
    /// Slab that is reclaimable.
    case reclaimable
    /// The first chunk of per-CPU memory, which lies outside MemTotal.
    case firstChunk
    case shmem
  }
}
