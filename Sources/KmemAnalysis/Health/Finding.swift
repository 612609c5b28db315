package import KmemSnapshot

/// Something about one moment that a reader should know first.
package struct Finding: Hashable, Sendable {
  /// How bad it is.
  package let severity: Severity
  /// What is the matter.
  package let kind: Kind

  init(_ severity: Severity, _ kind: Kind) {
    self.severity = severity
    self.kind = kind
  }

  /// How bad a finding is.
  package enum Severity: String, CaseIterable, Comparable, Hashable, Sendable {
    case note, warning, critical

    package static func < (first: Self, second: Self) -> Bool {
      first.rank < second.rank
    }

    private var rank: Int {
      switch self {
      case .note: 0
      case .warning: 1
      case .critical: 2
      }
    }
  }

  /// An amount in bytes, and which part of MemTotal it is.
  package struct Share: Hashable, Sendable {
    /// The amount in bytes.
    package let bytes: Int64
    /// The same as a part of MemTotal, from 0 to 1; below zero for a negative amount.
    package let part: Double
  }

  /// A watermark of a zone that free memory is below.
  package enum Watermark: Hashable, Sendable {
    case min, low
  }

  /// What is the matter, with its numbers; amounts are in bytes.
  package enum Kind: Hashable, Sendable {
    /// meminfo is a container's, while the other files are its host's.
    case container(ContainerMeminfo.Evidence)
    /// The zones manage less than MemTotal.
    case unmanaged(managed: Int64, total: Int64)
    /// A zone has less free memory than its watermark asks for, beside what is free in CMA.
    case zone(name: String, below: Watermark, free: Int64, freeCMA: Int64, mark: Int64)
    /// Little memory is available to new programs.
    case available(Share)
    /// The classes are more than MemTotal by so many bytes.
    case countedTwice(Int64)
    /// Much memory is in no class; what may have it.
    case unaccounted(Share, UnaccountedSuspects)
    /// Much memory is in no class, and classes that hold most of memory have no amount.
    case incomplete(Share, UnaccountedSuspects)
    /// Much memory is unreclaimable slab; the largest cache of it, where caches are known.
    case unreclaimableSlab(Share, largest: CacheSuspect?)
    /// One slab cache that isn't given back holds most of slab: that part of it.
    case largeCache(CacheSuspect, part: Double, ofListed: Bool)
    /// Dead tasks, files, sockets or mounts are still referenced.
    case dead(DeadObjects)
    /// Slab caches hold the parts of one compound thing.
    case lockstep(Lockstep)
    /// Network packets by the million.
    case packets(NetworkPackets)
    /// Most of memory is slab that is given back, and little is free.
    case reclaimableSlab(Share, ReclaimableSlab)
    /// Much memory is page tables; programs that have most of them, where known.
    case pageTables(Share, by: ProgramShare? = nil)
    /// Much memory is page tables of virtual machines or devices.
    case secPageTables(Share)
    /// Much memory is shared memory and files in tmpfs.
    case shmem(Share, ShmemHolders)
    /// Much memory is locked.
    case mlocked(Share)
    /// Much memory is stacks of so many threads; programs that have most of them, where known.
    case kernelStacks(Share, threads: Int64?, by: ProgramShare?)
    /// Much memory is vmalloc areas; the callers that hold most, where known.
    case vmalloc(Share, callers: [NamedAmount<VmallocCaller>])
    /// As many TCP sockets without a process as the kernel lets be.
    case orphans(Int64, limit: Int64)
    /// Much memory is on the LRU lists, though no program maps it and no file has it.
    case strayPages(Share)
    /// Huge pages that nobody uses.
    case idleHugePages(Share)
    /// Much memory is huge pages in use.
    case hugePagesInUse(Share)
    /// Much memory is huge pages of sizes of which nothing tells whether they are in use.
    case otherHugePages(Share)
    /// Much memory is per-CPU memory.
    case percpu(PercpuShare)
    /// Many control groups are deleted and still there.
    case leftCgroups(LeftCgroups)
    /// The host has much of memory.
    case balloon(Balloon, bytes: Int64)
    /// Most of free memory is CMA, and little is left for requests that can't use it.
    case cmaFree(CMA, left: Int64?)
    /// Much of a large CMA is in use.
    case cmaInUse(CMA)
    /// Compressed swap holds much memory, for so many bytes that were swapped out, where known.
    case compressedSwap(Share, stored: Int64?)
    /// MemAvailable doesn't count a class that is given back.
    case notInAvailable(Share, MemoryClass)
    /// Tasks waited for memory so many percent of the last 10 s.
    case stalled(Double)
    /// So many deleted cgroups are held by memory charged to them.
    case dyingCgroups(Int64)
    /// Less than a tenth of swap is left.
    case swapFull(free: Int64, total: Int64)
    /// The OOM killer took processes: how many, the log's last line of it, and where that is.
    case kills(count: Int, last: String, path: String)
    /// Nothing tells the page size.
    case assumedPageSize
  }
}

extension Finding {
  /// The rules, one for each kind of finding; a rule's name stays the same over versions.
  package enum Rule: String, CaseIterable, Hashable, Sendable {
    case container, unmanaged, zone, available, countedTwice, unaccounted, incomplete
    case largeCache, deadTasks, deadFiles, deadSockets, leftMounts, lockstep, packets
    case reclaimableSlab, secPageTables, shmem, mlocked, kernelStacks, vmalloc, orphans
    case unreclaimableSlab, pageTables, idleHugePages, stalled, dyingCgroups, kills
    case assumedPageSize
    case swapFull = "swap"
    case hugePagesInUse, otherHugePages, percpu, leftCgroups, balloon, cmaFree, cmaInUse
    case compressedSwap, notInAvailable, strayPages
  }

  /// The rule that found what is the matter.
  package var rule: Rule {
    switch kind {
    case .container: .container
    case .unmanaged: .unmanaged
    case .zone: .zone
    case .available: .available
    case .countedTwice: .countedTwice
    case .unaccounted: .unaccounted
    case .incomplete: .incomplete
    case .unreclaimableSlab: .unreclaimableSlab
    case .largeCache: .largeCache
    case .dead(let dead): dead.rule
    case .lockstep: .lockstep
    case .packets: .packets
    case .reclaimableSlab: .reclaimableSlab
    case .secPageTables: .secPageTables
    case .shmem: .shmem
    case .mlocked: .mlocked
    case .kernelStacks: .kernelStacks
    case .vmalloc: .vmalloc
    case .orphans: .orphans
    case .pageTables: .pageTables
    case .idleHugePages: .idleHugePages
    case .strayPages: .strayPages
    case .hugePagesInUse: .hugePagesInUse
    case .otherHugePages: .otherHugePages
    case .percpu: .percpu
    case .leftCgroups: .leftCgroups
    case .balloon: .balloon
    case .cmaFree: .cmaFree
    case .cmaInUse: .cmaInUse
    case .compressedSwap: .compressedSwap
    case .notInAvailable: .notInAvailable
    case .stalled: .stalled
    case .dyingCgroups: .dyingCgroups
    case .swapFull: .swapFull
    case .kills: .kills
    case .assumedPageSize: .assumedPageSize
    }
  }
}
