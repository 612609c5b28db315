import KmemSnapshot

/// A slab cache at two moments.
package struct CacheChange: Hashable, Sendable {
  /// The cache's name, as the later slabinfo prints it.
  package let name: String
  /// Bytes of its slabs before and after; nothing where it wasn't listed.
  package let bytes: BeforeAfter
  /// Objects in its slabs before and after, the free ones included.
  package let objects: BeforeAfter
  /// Bytes of one object with its metadata.
  package let objectSize: Int64
  /// The other names that share the cache; empty where it's alone or unknown.
  package let aliases: [String]
  /// Whether the kernel counts it as reclaimable; nothing where that can't be told.
  package let isReclaimable: Bool?
  /// What its objects are, where its name says so.
  package let meaning: CacheMeaning?
  /// Whose its memory is.
  package private(set) var side: MemorySide

  /// Whether it is one protocol's cache of sockets, whose name may stand for those of others too.
  package var holdsSockets: Bool { CacheMeaning.socketCaches.contains(name) }

  /// The same cache as the kernel's own: programs don't have more of what is in it.
  var taken: CacheChange {
    var cache = self
    cache.side = .kernel
    return cache
  }

  /// Bytes gained; a cache that isn't listed holds nothing.
  package var growth: Int64 { bytes.growthIfAbsentIsZero }
}

extension CacheChange {
  /// Every cache that either side has, the largest growth first.
  static func all(from before: MemoryModel, to after: MemoryModel) -> SourceList<CacheChange> {
    SourceList(from: before.snapshot.slabinfo, to: after.snapshot.slabinfo) { _, _ in
      let (old, new) = (before.slab, after.slab)
      // What can't be known on one side has no growth, least of all from nothing.
      let unknown = Set(
        ((old?.impossible ?? []) + (new?.impossible ?? [])).map(GenericCache.commonName))
      return changes(from: old?.caches ?? [], to: new?.caches ?? [])
        .filter { !unknown.contains(GenericCache.commonName($0.name)) }
    }
  }

  private static func changes(
    from before: [SlabUsage.Cache], to after: [SlabUsage.Cache]
  ) -> [CacheChange] {
    let old = Dictionary(before.map { (GenericCache.commonName($0.name), $0) }) { first, _ in first
    }
    let new = Dictionary(after.map { (GenericCache.commonName($0.name), $0) }) { first, _ in first }
    return Set(old.keys).union(new.keys)
      .compactMap { CacheChange(before: old[$0], after: new[$0]) }
      .sorted { ($0.growth, $1.name) > ($1.growth, $0.name) }
  }

  private init?(before: SlabUsage.Cache?, after: SlabUsage.Cache?) {
    guard let cache = after ?? before else { return nil }
    name = cache.name
    bytes = BeforeAfter(before?.bytes, after?.bytes)
    objects = BeforeAfter(before?.objects, after?.objects)
    objectSize = cache.objectSize
    aliases = cache.aliases
    isReclaimable = cache.isReclaimable
    meaning = cache.meaning
    side = cache.side
  }
}
