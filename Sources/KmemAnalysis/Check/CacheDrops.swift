/// What the kernel was asked to give back before each sample of a check, and what it refused.
package struct CacheDrops: Hashable, Sendable {
  /// What the kernel can be asked to give back.
  package enum Kind: Hashable, Sendable {
    /// The page cache, dentries and inodes.
    case caches
    /// Slabs without an object, of every cache.
    case emptySlabs
  }

  /// A request that failed.
  package struct Refusal: Hashable, Sendable {
    /// What the kernel was asked to give back.
    package let kind: Kind
    /// The system's own words for the error.
    package let error: String

    /// Notes a request that failed; `error` is the system's own text.
    package init(kind: Kind, error: String) {
      self.kind = kind
      self.error = error
    }
  }

  /// The requests, in this order; empty if memory was sampled as it was.
  package let wanted: [Kind]
  /// The requests that failed, each error once.
  package var refusals: Set<Refusal> = []

  /// Begins without refusals.
  package init(wanted: [Kind]) { self.wanted = wanted }
}
