/// A slab cache that a finding names, with those that hold as many objects and grew with it.
package struct CacheSuspect: Hashable, Sendable {
  /// The cache.
  package let cache: SlabUsage.Cache
  /// Caches of the kernel's own with as many objects: likely parts of the same things.
  package let companions: [SlabUsage.Cache]
  /// Who allocated the objects or made the cache, where that is exact or likely.
  package let owner: Candidate?

  /// Bytes of the cache and its companions.
  package var bytes: Int64 { companions.reduce(cache.bytes) { $0.plus($1.bytes) } }
}

extension SlabUsage.Cache {
  /// The part by which numbers of objects may differ that belong together.
  ///
  /// Objects of one thing are made and freed together; what differs is what is being freed, and the
  /// free objects of per-CPU slabs, which slabinfo counts as used.
  static let agreement = 0.02

  /// The same for caches of kmalloc, in which others have objects too: by chance they agree sooner.
  static let genericAgreement = 0.01

  /// Numbers of objects below this agree by chance: slabinfo has some 200 caches, most of them with
  /// 10 to 10,000 objects.
  static let leastToCompare: Int64 = 100_000

  /// Whether the cache has as many objects as the other one, as far as that can be no chance.
  func hasAsManyObjects(as other: Self) -> Bool {
    guard min(activeObjects, other.activeObjects) >= Self.leastToCompare else { return false }
    let isGeneric = GenericCache.isGeneric(name) || GenericCache.isGeneric(other.name)
    return activeObjects.isNear(
      other.activeObjects, within: isGeneric ? Self.genericAgreement : Self.agreement)
  }
}

extension Int64 {
  /// Whether the numbers differ by no more than that part of the larger one.
  func isNear(_ other: Int64, within part: Double) -> Bool {
    (Double(self) - Double(other)).magnitude <= Double(Swift.max(self, other)) * part
  }
}
