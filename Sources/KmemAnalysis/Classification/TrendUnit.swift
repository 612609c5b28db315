/// What the values of a series count.
package enum TrendUnit: Hashable, Sendable {
  case bytes
  case count(KernelCount)

  /// The least growth that matters, in all or in an hour: 1 MiB, or 64 things.
  package var least: Double { self == .bytes ? 1_048_576 : 64 }
}
