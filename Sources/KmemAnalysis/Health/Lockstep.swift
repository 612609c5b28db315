import KmemSnapshot

/// Slab caches whose numbers of objects agree: parts of one compound thing that isn't freed.
package struct Lockstep: Hashable, Sendable {
  /// The caches, the largest first; three or more.
  package let caches: [SlabUsage.Cache]
  /// How many of the compound thing there are: the objects in use of the first cache.
  package let count: Int64
  /// Bytes of all caches.
  package let bytes: Int64

  /// The bytes that one of the things takes.
  package var bytesEach: Int64 { count > 0 ? bytes / count : 0 }

  init(caches: [SlabUsage.Cache], count: Int64, bytes: Int64) {
    self.caches = caches
    self.count = count
    self.bytes = bytes
  }

  /// The group that holds most among caches of the kernel's own; nothing where there is none.
  ///
  /// Three or more unreclaimable caches with 100,000 objects in use or more, two of which agree within
  /// 2 % with the first (1 % for kmalloc), the others too or twice to four times as many within 0.5 %. What agrees with a number of things that are there in good health is no suspect: inodes
  /// and other caches that are given back, what programs hold, connections that are tracked.
  init?(_ caches: [SlabUsage.Cache], suspects: [SlabUsage.Cache], counts: KernelCounts) {
    let large = suspects.filter {
      $0.side == .kernel && $0.activeObjects >= SlabUsage.Cache.leastToCompare
    }
    let excuses = Self.excuses(caches, counts)
    let groups = large.filter { base in !excuses.contains { base.activeObjects.isTied(to: $0) } }
      .map { Self.group(around: $0, among: large) }
    guard
      let group = groups.filter({ $0.count >= 3 })
        .max(by: { $0.sum(\.bytes) < $1.sum(\.bytes) })
    else { return nil }
    self.caches = group.sorted { ($0.bytes, $1.name) > ($1.bytes, $0.name) }
    count = group[0].activeObjects
    bytes = group.sum(\.bytes)
  }

  /// The cache, and those that have as many objects or a small multiple of them; the cache alone where
  /// no other has as many.
  private static func group(
    around base: SlabUsage.Cache, among large: [SlabUsage.Cache]
  ) -> [SlabUsage.Cache] {
    let others = large.filter { $0.name != base.name }
    let equal = others.filter { $0.hasAsManyObjects(as: base) }
    guard !equal.isEmpty else { return [base] }
    let multiples = others.filter { other in
      (2...4).contains { (times: Int64) in
        other.activeObjects.isNear(
          base.activeObjects.timesClamped(times), within: multipleAgreement)
      }
    }
    return [base] + equal + multiples
  }

  /// The part by which multiples may differ: by chance they agree as often as six caches.
  private static let multipleAgreement = 0.005

  /// Numbers of things that a healthy machine may have in any number.
  private static func excuses(_ caches: [SlabUsage.Cache], _ counts: KernelCounts) -> [Int64] {
    let held = caches.filter {
      $0.isReclaimable == true || $0.side != .kernel || $0.name.hasPrefix("nf_conntrack")
    }
    let counted = [counts.openFiles, counts.sockets, counts.tasks, counts.inodes, counts.dentries]
    return (held.map(\.activeObjects) + counted.compactMap { $0 })
      .filter { $0 >= SlabUsage.Cache.leastToCompare / 4 }
  }
}

extension Int64 {
  /// Whether the number is as large as that of other things, or twice or half as large.
  fileprivate func isTied(to other: Int64) -> Bool {
    isNear(other, within: 0.05) || isNear(other.timesClamped(2), within: SlabUsage.Cache.agreement)
      || timesClamped(2).isNear(other, within: SlabUsage.Cache.agreement)
  }
}
