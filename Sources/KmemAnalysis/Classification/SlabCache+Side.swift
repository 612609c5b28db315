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
