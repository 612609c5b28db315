/// What each iteration of a command lost by kmemleak's report, all groups together.
package struct IterationLosses: Hashable, Sendable {
  /// The bytes that kmemleak found of each iteration.
  package let found: [Int64]
  /// The bytes that an iteration loses: the sum over groups of each group's median iteration.
  ///
  /// kmemleak misses objects that a stale word points to, some in one iteration and some in
  /// another, and never invents one. So the mean is too low wherever anything was missed, and the
  /// median of a group is right as long as the group was found whole in half of the iterations.
  package let typical: Int64
  /// How the sum found so far went on from one iteration to the next.
  package let trend: IterationTrend

  /// Sums the groups; nil where their objects weren't put down to iterations.
  package init?(_ groups: [LeakGroup]) {
    let count = groups.map(\.iterations.count).max() ?? 0
    guard count > 0 else { return nil }
    let bytes = groups.map { group in
      (0..<count).map { group.iterations.indices.contains($0) ? group.iterations[$0].bytes : 0 }
    }
    found = (0..<count).map { index in bytes.sum { $0[index] } }
    typical = bytes.sum { Self.middle($0) }
    var total: Int64 = 0
    let sums: [Int64?] = found.map { bytes in
      total = total.plus(bytes)
      return total
    }
    trend = IterationTrend([0] + sums)
  }

  /// The bytes found in all iterations, divided by their number.
  package var mean: Double { Double(found.sum { $0 }) / Double(Swift.max(1, found.count)) }

  /// The upper median: a value that was seen, not one between two.
  private static func middle(_ values: [Int64]) -> Int64 {
    let sorted = values.sorted()
    return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
  }
}
