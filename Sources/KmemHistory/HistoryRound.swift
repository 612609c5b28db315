package import KmemAnalysis

/// All values of one group at one moment, as they were read; readers decide what the values mean.
package struct HistoryRound: Sendable {
  /// The name of sources that are sampled together; a series that the group had a round before and
  /// lacks now is missing.
  package let group: String
  /// Nanoseconds since boot, suspended time included.
  package let time: Int64
  /// Seconds since 1970 UTC.
  package let wall: Int64
  /// The values, in bytes or as counts.
  package let values: [SeriesID: Int64]
  /// Whether the kernel counts a slab cache as reclaimable, by the cache's name; caches of which
  /// that isn't known are missing.
  package let reclaimable: [String: Bool]

  /// Makes a round of the values read at one moment.
  package init(
    group: String, time: Int64, wall: Int64, values: [SeriesID: Int64],
    reclaimable: [String: Bool] = [:]
  ) {
    self.group = group
    self.time = time
    self.wall = wall
    self.values = values
    self.reclaimable = reclaimable
  }
}
