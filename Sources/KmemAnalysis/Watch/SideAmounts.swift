package import KmemSnapshot

/// Whose memory is in use: the first question before any culprit is looked for.
package struct SideAmounts: Hashable, Sendable {
  /// What programs can't have any more: MemTotal less MemAvailable, and what is in swap.
  package let inUse: Int64?
  /// What programs can have without swapping.
  package let available: Int64?
  package let user: Int64
  package let kernel: Int64
  package let heldForUser: Int64
  package let cache: Int64

  /// Nothing where meminfo wasn't read.
  package init?(_ snapshot: Snapshot) {
    guard let books = Books(snapshot) else { return nil }
    func sum(_ role: AmountRole) -> Int64 {
      books.lines.filter { $0.memoryClass.role == role }.sum { $0.bytes ?? 0 }
    }
    let swapped = snapshot.swapUsed
    available = Availability(snapshot)?.bytes
    inUse = available.map { books.total.minus($0).plus(swapped) }
    let shared = [MemoryClass.shmem, .hugePages, .lruInTransit].sum { books[$0]?.bytes ?? 0 }
    user = sum(.program).plus(shared).plus(swapped)
    // Caches that are counted as the kernel's own, and go away with what programs hold or with cache.
    let slab = (snapshot.slabUsage?.caches ?? []).filter { $0.isReclaimable != true }
    let held = slab.filter { $0.role == .userSpace }.sum(\.bytes)
    let attached = slab.filter { $0.role == .cache }.sum(\.bytes)
    heldForUser = sum(.userSpace).minus(shared).plus(held)
    cache = sum(.cache).plus(attached)
    kernel = sum(.kernel).minus(held).minus(attached)
  }
}

/// The names of the sides, as they are recorded and shown.
package enum SideName {
  package static let inUse = Subject(kind: .side, name: "memory in use")
  package static let user = Subject(kind: .side, name: "user space")
  package static let kernel = Subject(kind: .side, name: "the kernel")
  package static let heldForUser = Subject(kind: .side, name: "the kernel, for user space")
  package static let cache = Subject(kind: .side, name: "cache")

  package static let all = [inUse, user, kernel, heldForUser, cache]
}

extension Snapshot {
  fileprivate var swapUsed: Int64 {
    guard let total = meminfoBytes("SwapTotal"), let free = meminfoBytes("SwapFree") else {
      return 0
    }
    return max(0, total.minus(free))
  }
}

extension MemoryAmounts {
  /// Adds whose memory is in use, and the counts of what programs make the kernel hold.
  package mutating func addSides(_ sides: SideAmounts?, _ counts: KernelCounts) {
    if let sides {
      if let inUse = sides.inUse { addSide(SideName.inUse, inUse, .kernel) }
      addSide(SideName.user, sides.user, .program)
      addSide(SideName.kernel, sides.kernel, .kernel)
      addSide(SideName.heldForUser, sides.heldForUser, .userSpace)
      addSide(SideName.cache, sides.cache, .cache)
    }
    let things = [
      ("open files", counts.openFiles), ("sockets", counts.sockets), ("threads", counts.tasks),
    ]
    for (name, count) in things {
      if let count { add(.count, name, count, .userSpace) }
    }
  }

  private mutating func addSide(_ subject: Subject, _ value: Int64, _ role: AmountRole) {
    add(subject.kind, subject.name, value, role)
  }
}
