/// What the kernel was asked to give back before each sample of a check, and what it refused.
package struct CacheDrops: Hashable, Sendable {
  /// What can be given back.
  package enum Kind: Hashable, Sendable {
    /// The page cache, dentries and inodes.
    case caches
    /// Slabs without an object, of every cache.
    case emptySlabs
  }

  /// A request that failed.
  package struct Refusal: Hashable, Sendable {
    package let kind: Kind
    /// The system's own words for the error.
    package let error: String

    package init(kind: Kind, error: String) {
      self.kind = kind
      self.error = error
    }
  }

  /// What was asked for, in this order; nothing if memory was looked at as it was.
  package let wanted: [Kind]
  package var refusals: Set<Refusal> = []

  package init(wanted: [Kind]) { self.wanted = wanted }
}
