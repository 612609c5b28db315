/// What the objects of a well-known cache are, and whose memory they are.
///
/// It rests on the cache's name alone, so it is inferred, never exact. Names are those given to
/// `kmem_cache_create()` in the kernel's source.
package struct CacheMeaning: Hashable, Sendable {
  /// What one object is, in the plural: `inodes of tmpfs files`.
  package let objects: String
  /// Whose the objects are, where nothing but the name is known.
  package let side: MemorySide

  /// Whether the kernel counts the cache as reclaimable, where its name tells.
  ///
  /// SLAB_RECLAIM_ACCOUNT says where the memory is counted; that isn't always whose it is.
  package var isReclaimable: Bool? {
    switch side {
    case .cache: !isUncounted
    case .heldForUserSpace: isKeptWhileOpen
    case .debugging: false
    case .kernel, .free, .userSpace, .unaccounted: nil
    }
  }

  /// Whether its objects stay as long as programs use them, although it is counted as reclaimable.
  let isKeptWhileOpen: Bool
  /// Whether the kernel doesn't count it as reclaimable, although its objects go when memory runs short.
  let isUncounted: Bool

  /// What a cache's name tells; nothing for a name that isn't known.
  package init?(name: String) {
    if let known = Self.known[name] {
      self = known
    } else if name.hasSuffix("inode_cache") || ["zfs_znode_cache", "ovl_inode"].contains(name) {
      self.init(objects: "inodes in memory", side: .cache)
    } else if name.hasPrefix("kmalloc-rcl-") {
      self.init(objects: "reclaimable kmalloc buffers", side: .cache)
    } else if name.hasPrefix("bio-") || name.hasPrefix("biovec-") {
      self.init(objects: "block I/O requests", side: .kernel)
    } else if GenericCache.isGeneric(name) {
      self.init(objects: "kmalloc buffers of any caller", side: .kernel)
    } else {
      return nil
    }
  }

  init(
    objects: String, side: MemorySide, isKeptWhileOpen: Bool = false, isUncounted: Bool = false
  ) {
    self.objects = objects
    self.side = side
    self.isKeptWhileOpen = isKeptWhileOpen
    self.isUncounted = isUncounted
  }
}

extension MemorySide {
  /// The side of a slab cache: the one rule for all of them.
  ///
  /// `isReclaimable` is whether the kernel counts the cache as reclaimable (SLAB_RECLAIM_ACCOUNT);
  /// where that isn't known the name decides, and a name that isn't known is the kernel's.
  package init(ofCache name: String, isReclaimable: Bool?) {
    self.init(CacheMeaning(name: name), isReclaimable: isReclaimable)
  }

  init(_ meaning: CacheMeaning?, isReclaimable: Bool?) {
    switch meaning?.side {
    case .debugging?: self = .debugging
    case .cache?: self = .cache
    case .heldForUserSpace? where isReclaimable != true || meaning?.isKeptWhileOpen == true:
      self = .heldForUserSpace
    case .heldForUserSpace?, .kernel?, .free?, .userSpace?, .unaccounted?, nil:
      self = isReclaimable == true ? .cache : .kernel
    }
  }
}
