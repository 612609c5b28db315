import KmemParsers
import KmemSnapshot

/// How much of memory is huge pages, and how much of that nobody uses.
struct HugePageUse: Hashable {
  /// All huge pages in bytes.
  let total: Int64
  /// Those that hold nothing and are promised to nobody, of the sizes whose pools are known.
  let idle: Int64
  /// Those of sizes of which nothing tells whether they are idle.
  let unknown: Int64

  /// Those that hold something or are promised to a program, of the sizes whose pools are known.
  var inUse: Int64 { max(0, total.minus(idle).minus(unknown)) }

  /// Takes the pools in sysfs, of all sizes, else meminfo's of the default size.
  ///
  /// Its `Hugetlb` counts all sizes. Nothing where huge pages aren't counted, or are the host's of a container.
  init?(_ snapshot: Snapshot, _ books: Books?) {
    guard let all = books?[.hugePages]?.bytes, let meminfo = snapshot.meminfo.value else {
      return nil
    }
    total = all
    if !snapshot.hugePagePools.isEmpty {
      idle = min(all, snapshot.hugePagePools.reduce(0) { $0.plus($1.idleBytes) })
      unknown = 0
      return
    }
    guard let size = meminfo[.hugepageSize]?.bytes,
      let pool = Self.count(meminfo[.hugePagesTotal]),
      let free = Self.count(meminfo[.hugePagesFree])
    else {
      idle = 0
      unknown = all
      return
    }
    let reserved = Self.count(meminfo[.hugePagesRsvd]) ?? 0
    idle = max(0, free.minus(reserved)).timesClamped(size)
    unknown = max(0, all.minus(pool.timesClamped(size)))
  }

  /// A count of pages; nothing for one that went below zero in the kernel.
  private static func count(_ entry: Meminfo.Entry?) -> Int64? {
    entry.flatMap { Int64(exactly: $0.value) }.flatMap { $0 < 1 << 40 ? $0 : nil }
  }
}
