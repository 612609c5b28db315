package import KmemAnalysis

/// The recorder's own boot and machine.
package struct HistoryRun: Hashable, Sendable {
  /// The boot (`/proc/sys/kernel/random/boot_id`).
  package let bootID: String
  /// `/etc/machine-id`; nil if it couldn't be read.
  package let machineID: String?
  /// The host name; nil if it couldn't be read.
  package let hostname: String?
  /// The kernel's release as `uname -r` prints it; nil if it couldn't be read.
  package let release: String?
  /// When the recorder began, in seconds since 1970 UTC.
  package let wall: Int64

  /// Describes the recorder's boot and machine.
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
