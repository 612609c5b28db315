/// Who owns what one thing gained: a cache, or a class of memory that caches don't explain.
package struct Attribution: Hashable, Sendable {
  /// A slab cache, or a class.
  package let subject: SeriesID
  /// Bytes that it gained.
  package let growth: Int64
  /// The surest first; none where nothing is known.
  package let candidates: [Candidate]
  /// The names that a merged cache goes by besides its own: its owner is one of a set.
  package let aliases: [String]
  /// The cheapest thing that would tell more on this kernel; nothing where enough is known.
  package let nextStep: Remedy?

  /// The owner to be named first.
  package var best: Candidate? { candidates.first }

  /// Bytes that owners which the kernel counted exactly gained.
  package var exactGrowth: Int64 {
    candidates.filter { $0.confidence == .exact }.sum { Swift.max(0, $0.growth ?? 0) }
  }

  /// The share of the growth that is a candidate's, where its bytes are known.
  ///
  /// New objects take the place of free ones first, so owners may gain more than the cache grew: the
  /// shares are then those of what the owners gained, and no more than 1 together.
  package func share(of candidate: Candidate) -> Double? {
    let whole = Swift.max(growth, exactGrowth)
    guard let bytes = candidate.growth, whole > 0 else { return nil }
    return Swift.min(1, Double(bytes) / Double(whole))
  }
}

extension Attribution {
  /// The least growth worth an owner.
  static let least: Int64 = 16 << 10
}

extension Attribution {
  /// The owners of every cache and class that grew from one moment to the other, the largest growth
  /// first; `leaks` are what kmemleak says of the later moment.
  package static func all(
    of growth: Growth, from before: MemoryModel, to after: MemoryModel, leaks: [LeakGroup] = []
  ) -> [Attribution] {
    Attributions(growth, from: before, to: after, leaks: leaks).all()
  }
}
