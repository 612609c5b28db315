import KmemParsers
import KmemSnapshot

/// A slab cache at two moments.
package struct CacheChange: Hashable, Sendable {
  /// The cache's name, as the later slabinfo prints it.
  package let name: String
  /// Bytes of its slabs before and after; nothing where it wasn't listed.
  ///
  /// Where a tool listed the largest caches only, before is the most that an unlisted one held: the
  /// growth is then the least that it can be.
  package let bytes: BeforeAfter
  /// Objects in its slabs before and after, the free ones included.
  package let objects: BeforeAfter
  /// Bytes of one object with its metadata.
  package let objectSize: Int64
  /// The most by which the growth may be wrong, in bytes, where a tool rounded sizes.
  package let rounding: Int64
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
      let excerpts = SlabExcerpts(before.snapshot.slabinfo.value, after.snapshot.slabinfo.value)
      return changes(from: old, to: new)
        .filter { !unknown.contains(GenericCache.commonName($0.name)) }
        .filter { $0.isOnBothSides || !excerpts.mayHide($0.name, before: $0.bytes.before == nil) }
    }
  }

  private static func changes(
    from before: SlabUsage?, to after: SlabUsage?
  ) -> [CacheChange] {
    let old = byName(before)
    let new = byName(after)
    return Set(old.keys).union(new.keys)
      .compactMap { name -> CacheChange? in
        // What a tool didn't list isn't nothing.
        switch (old[name], new[name]) {
        case (nil, let cache?):
          guard let excerpt = before?.excerpt else { break }
          return CacheChange(cache, unlistedBefore: excerpt)
        case (_?, nil) where after?.excerpt != nil: return nil
        default: break
        }
        return CacheChange(before: old[name], after: new[name])
      }
      // Growth within what rounding hides is unknown.
      .filter { $0.rounding == 0 || $0.growth.magnitude > $0.rounding.magnitude }
      .sorted { ($0.growth, $1.name) > ($1.growth, $0.name) }
  }

  private var isOnBothSides: Bool { bytes.before != nil && bytes.after != nil }

  private static func byName(_ usage: SlabUsage?) -> [String: SlabUsage.Cache] {
    Dictionary((usage?.caches ?? []).map { (GenericCache.commonName($0.name), $0) }) { first, _ in
      first
    }
  }

  /// The least that a cache gained which wasn't listed before; nothing where that may be nothing.
  private init?(_ cache: SlabUsage.Cache, unlistedBefore excerpt: Slabinfo.Excerpt) {
    guard let most = excerpt.unlisted, cache.bytes > most else { return nil }
    let objects = cache.objectSize > 0 ? most / cache.objectSize : 0
    self.init(
      cache, bytes: BeforeAfter(most, cache.bytes),
      objects: BeforeAfter(min(objects, cache.objects), cache.objects), rounding: cache.error)
  }

  private init?(before: SlabUsage.Cache?, after: SlabUsage.Cache?) {
    guard let cache = after ?? before else { return nil }
    self.init(
      cache, bytes: BeforeAfter(before?.bytes, after?.bytes),
      objects: BeforeAfter(before?.objects, after?.objects),
      // Of two sizes, the one that a tool rounded less.
      objectSize: [after, before].compactMap(\.self).min {
        $0.objectSizeError < $1.objectSizeError
      }?
      .objectSize,
      rounding: (before?.error ?? 0).plus(after?.error ?? 0))
  }

  private init(
    _ cache: SlabUsage.Cache, bytes: BeforeAfter, objects: BeforeAfter, objectSize: Int64? = nil,
    rounding: Int64
  ) {
    name = cache.name
    self.bytes = bytes
    self.objects = objects
    self.objectSize = objectSize ?? cache.objectSize
    self.rounding = rounding
    aliases = cache.aliases
    isReclaimable = cache.isReclaimable
    meaning = cache.meaning
    side = cache.side
  }
}
