package import KmemAnalysis

/// What a series measures: a class, a slab cache, a process.
package struct HistoryKey: Hashable, Sendable {
  /// `class`, `cache`, `caller`, `module`, `cgroup`, `process`; any word will do.
  package let kind: String
  /// Its name; for a process pid, start time and command, which together are its identity.
  package let name: String
  package let unit: TrendUnit
  package let holder: Series.Holder

  package init(
    kind: String, name: String, unit: TrendUnit = .bytes, holder: Series.Holder = .owner
  ) {
    self.kind = kind
    self.name = name
    self.unit = unit
    self.holder = holder
  }
}

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

/// All values of one group at one moment.
package struct HistoryRound: Sendable {
  /// Sources sampled together; what one round of a group lacks and the one before had is missing.
  package let group: String
  /// Nanoseconds since boot, suspended time included.
  package let time: Int64
  /// Seconds since 1970 UTC.
  package let wall: Int64
  package let values: [HistoryKey: Int64]

  package init(group: String, time: Int64, wall: Int64, values: [HistoryKey: Int64]) {
    self.group = group
    self.time = time
    self.wall = wall
    self.values = values
  }
}

extension TrendUnit {
  init(stored text: String) { self = text == "bytes" ? .bytes : .count(text) }

  var stored: String {
    switch self {
    case .bytes: "bytes"
    case .count(let things): things
    }
  }
}
