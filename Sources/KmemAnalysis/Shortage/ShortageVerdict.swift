import KmemParsers

/// Why memory was short, and who held it.
package struct ShortageVerdict: Hashable, Sendable {
  /// Why.
  package let cause: Cause
  /// Who held most beside the cause, where that is a fifth of memory or more.
  package let beside: Shortage.Holder?
  /// Memory that was free where the request could not have it.
  package let unusable: Unusable?

  /// Why memory was short.
  package enum Cause: Hashable, Sendable {
    /// A control group met its limit: its own memory, and no other's.
    case cgroup(CgroupShortage)
    /// Programs, or files in tmpfs and other memory that is kept for them.
    case userSpace(Shortage.Holder)
    /// The kernel itself: the cache or line of source that holds most of it, where it is printed.
    case kernel(Shortage.Holder, cache: NamedAmount<String>?, site: NamedAmount<AllocationSite>?)
    /// What kernel debugging holds; the cache.
    case debugging(Shortage.Holder, cache: NamedAmount<String>?)
    /// Memory that is given back, and wasn't: pages of files, reclaimable slab.
    case cache(Shortage.Holder, dirty: Int64?)
    /// Free memory was there, and none or hardly any of it in pieces of that order, `left` bytes; or
    /// nothing else explains it where the lists of free blocks are missing.
    case fragmentation(order: Int, free: Int64, reclaimable: Int64, left: Int64, isListed: Bool)
    /// Free memory was there, and the request could not have it.
    case unusable(Unusable)
    /// Nobody was short of memory: somebody asked by SysRq.
    case asked(Shortage.Holder?)
    /// Android's low memory killer made room before memory ran out; its reason, in its own words.
    case madeRoom(reason: String?)
    /// The request would have been met when the report was printed: memory had come back by then.
    case met(free: Int64)
    /// A page fault failed, of which the kernel doesn't tell what was asked for, while memory may have
    /// been left (up to 5.15); who held most.
    case pageFault(Shortage.Holder?)
    /// An area of vmalloc was asked for while enough pages were free, or one that is more than half of
    /// memory; what was free, and all memory, as far as they are printed.
    case vmalloc(bytes: Int64, free: Int64?, total: Int64?)
    /// An area of vmalloc, or a record of it, was asked for while the kernel was still booting; what was free.
    case vmallocEarly(bytes: Int64, free: Int64)
    /// vmalloc had got so many bytes in pages, and no more, where the log has no numbers; or no huge pages,
    /// after which it takes single ones (5.13 to 6.3).
    case vmallocPages(got: Int64, order: Int)
    /// A CMA had no room for so many pages in one piece, or some in it couldn't be moved; the line
    /// doesn't tell how large a page is.
    case cmaFull(area: String?, pages: UInt64, isBusy: Bool)
    /// The log has lines of zones and none of all memory, and half of those within reach or more was neither
    /// free nor on a list of programs and files: whose it was can't be told.
    case kernelZones(bytes: Int64, managed: Int64, names: [String])
    /// The log lacks the numbers.
    case unknown
  }

  /// Memory that a request could not have.
  package struct Unusable: Hashable, Sendable {
    /// What kept it from the request.
    package let obstacle: Obstacle
    /// Bytes that it could not have.
    package let bytes: Int64
    /// Free bytes where it could look; nil where that isn't printed.
    package let left: Int64?
  }

  /// What keeps free memory from a request.
  package enum Obstacle: Hashable, Sendable {
    /// Pages of the CMA are for movable memory only.
    case cma
    /// The request had to be met from these zones: devices reach no others, or only movable pages may
    /// lie in the others.
    case zones([String])
    /// The nodes that a cpuset, a memory policy or the request itself names.
    case nodes(String?)
    /// The nodes that were allowed have a zone for movable pages alone, and the request's can't be moved.
    case movable(nodes: String)
    /// The request couldn't wait for memory to be given back, as in an interrupt.
    case noWait
    /// It was counted as kept for interrupts (`reserved_highatomic`).
    case reserve
  }
}

/// A control group at its limit.
package struct CgroupShortage: Hashable, Sendable {
  /// The group whose limit it is; nothing where the log doesn't say.
  package let path: String?
  /// Which limit was met: `memory`.
  package let limited: String?
  /// Bytes in use.
  package let usage: Int64?
  /// Bytes allowed.
  package let limit: Int64?
  /// What it holds most of, in bytes.
  package let largest: NamedAmount<Part>?

  /// What a group holds.
  package enum Part: String, Hashable, Sendable {
    case anonymous, files, shmem, kernel
  }

  init(_ group: LimitedCgroup?, pageSize: Int64) {
    path = group?.path
    // The limit that is met is the one whose use is nearest to it; v2 prints swap's even where it is 0.
    // Where that is below three quarters, the line of the one that was met is missing.
    let met = group?.limits.filter { $0.usage > 0 && $0.usage >= $0.limit / 4 * 3 }.max {
      Double($0.usage) / Double(max(1, $0.limit)) < Double($1.usage) / Double(max(1, $1.limit))
    }
    limited = met?.name
    usage = met.map { Int64(clamping: $0.usage).timesClamped(1024) }
    limit = met.map { Int64(clamping: $0.limit).timesClamped(1024) }
    largest = Self.largest(group?.stats ?? [:])
  }

  /// `rss`, `cache` and `shmem` of v1, `anon`, `file`, `shmem` and `kernel` of v2.
  private static func largest(_ stats: [String: UInt64]) -> NamedAmount<Part>? {
    func bytes(_ names: String...) -> Int64? {
      names.lazy.compactMap { stats[$0] }.first.map(Int64.init(clamping:))
    }
    let shmem = bytes("shmem", "total_shmem")
    let kernel =
      bytes("kernel")
      ?? ["slab", "kernel_stack", "pagetables", "percpu", "vmalloc"].compactMap { bytes($0) }
      .reduce(Int64(0)) { $0.plus($1) }
    let parts: [(Part, Int64?)] = [
      (.anonymous, bytes("anon", "rss", "total_rss")),
      (.files, bytes("file", "cache", "total_cache")?.minus(shmem ?? 0)),
      (.shmem, shmem), (.kernel, kernel),
    ]
    return parts.compactMap { part, bytes in
      bytes.map { NamedAmount(name: part, bytes: $0, count: 1) }
    }
    .filter { $0.bytes > 0 }.max { $0.bytes < $1.bytes }
  }
}

extension ShortageVerdict.Cause {
  /// What tells the kind of cause in JSON; it never changes.
  package var id: String {
    switch self {
    case .cgroup: "cgroup"
    case .userSpace: "userSpace"
    case .kernel: "kernel"
    case .debugging: "debugging"
    case .cache: "cache"
    case .fragmentation: "fragmentation"
    case .unusable(let unusable):
      switch unusable.obstacle {
      case .cma: "cma"
      case .zones, .movable: "zones"
      case .nodes: "nodes"
      case .noWait: "noWait"
      case .reserve: "reserve"
      }
    case .asked: "asked"
    case .madeRoom: "madeRoom"
    case .met: "met"
    case .pageFault: "pageFault"
    case .vmalloc, .vmallocEarly, .vmallocPages: "vmalloc"
    case .cmaFull: "cmaFull"
    case .kernelZones, .unknown: "unknown"
    }
  }
}
