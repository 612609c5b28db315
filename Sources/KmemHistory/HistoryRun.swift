package import KmemAnalysis

/// The recorder's own boot and machine.
package struct HistoryRun: Hashable, Sendable {
  package let bootID: String
  package let machineID: String?
  package let hostname: String?
  package let release: String?
  /// Seconds since 1970 UTC when it began.
  package let wall: Int64

  package init(
    bootID: String, machineID: String? = nil, hostname: String? = nil, release: String? = nil,
    wall: Int64
  ) {
    self.bootID = bootID
    self.machineID = machineID
    self.hostname = hostname
    self.release = release
    self.wall = wall
  }
}

/// All values of one group at one moment, as they were read: what they mean is decided by readers.
package struct HistoryRound: Sendable {
  /// Sources sampled together; what one round of a group lacks and the one before had is missing.
  package let group: String
  /// Nanoseconds since boot, suspended time included.
  package let time: Int64
  /// Seconds since 1970 UTC.
  package let wall: Int64
  /// Bytes, or things.
  package let values: [SeriesID: Int64]
  /// Whether the kernel counts a slab cache as reclaimable, by the cache's name, where that is known.
  package let reclaimable: [String: Bool]

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
