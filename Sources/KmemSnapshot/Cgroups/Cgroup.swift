package import KmemParsers

/// The memory that is counted for one control group and those below it; amounts are in bytes.
package struct Cgroup: Hashable, Sendable {
  /// The path below the root of the hierarchy: `system.slice/ssh.service`; empty for the root.
  package let path: String
  /// 1 or 2.
  package let version: Int
  /// `memory.current`, or `memory.usage_in_bytes` of version 1; the root of version 2 has none.
  package var memory: Int64?
  /// Swap used: `memory.swap.current`, or in version 1 what `memsw` has more than memory.
  package var swap: Int64?
  /// Kernel memory: `kernel` of `memory.stat` (5.18), else the sum of its parts; in version 1
  /// `memory.kmem.usage_in_bytes`.
  package var kernel: Int64?
  /// The group's `memory.stat`.
  package var stat: MemoryStat?
  /// Groups below it (4.14, version 2).
  package var descendants: Int64?
  /// Groups below it that were removed while memory is still counted for them.
  package var dyingDescendants: Int64?

  init(path: String, version: Int) {
    self.path = path
    self.version = version
  }
}

extension Cgroup {
  /// A value of `memory.stat` that counts the groups below too, whatever the version calls it.
  package func amount(_ name: String, version1: String? = nil) -> Int64? {
    let wanted = version == 2 ? name : "total_" + (version1 ?? name)
    let value = stat?[wanted] ?? (version == 1 ? stat?[version1 ?? name] : nil)
    return value.flatMap(Int64.init(exactly:))
  }

  /// Anonymous memory; with the swap cache, without shared memory.
  package var anonymous: Int64? { amount("anon", version1: "rss") }
  /// Page cache, shared memory included.
  package var file: Int64? { amount("file", version1: "cache") }
  /// Shared memory and tmpfs (4.9; in version 1 4.14).
  package var shmem: Int64? { amount("shmem") }
  /// Slab memory; version 1 doesn't tell it.
  package var slab: Int64? { amount("slab") }
  /// Slab memory that the kernel gives back when memory is short.
  package var slabReclaimable: Int64? { amount("slab_reclaimable") }
  /// Slab memory that stays until its users free it.
  package var slabUnreclaimable: Int64? { amount("slab_unreclaimable") }
  /// Buffers of sockets.
  package var sockets: Int64? { amount("sock") }
  /// Page tables.
  package var pageTables: Int64? { amount("pagetables") }
}
