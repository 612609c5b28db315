/// A capture in the store, as a list shows it.
package struct CaptureEntry {
  let reference: String
  let path: String
  let bytes: Int64
  let time: Double?
  /// Seconds since the beginning of a year of 366 days, where the year isn't told.
  let withoutYear: Double?
  /// Seconds since boot.
  let up: Double?
  let label: String?
  let hostname: String?
  let release: String?
  let bootID: String?
  let damage: String?

  /// Describes a capture; `time` is in seconds since 1970 UTC, `withoutYear` since a year began that isn't
  /// told, `up` since boot; `damage` says why it can't be read.
  package init(
    reference: String, path: String, bytes: Int64, time: Double?,
    withoutYear: Double? = nil, up: Double? = nil, label: String?, hostname: String?,
    release: String?, bootID: String?, damage: String?
  ) {
    self.reference = reference
    self.path = path
    self.bytes = bytes
    self.time = time
    self.withoutYear = withoutYear
    self.up = up
    self.label = label
    self.hostname = hostname
    self.release = release
    self.bootID = bootID
    self.damage = damage
  }
}

/// What a recorder kept of one boot, as a list shows it.
package struct HistoryEntry {
  let path: String
  let hostname: String?
  let release: String?
  let bootID: String
  /// Seconds since 1970 UTC of the first and the last round.
  let first: Int64
  let last: Int64
  let rounds: Int64
  let series: Int64

  /// Describes a boot; `first` and `last` are in seconds since 1970 UTC.
  package init(
    path: String, hostname: String?, release: String?, bootID: String, first: Int64, last: Int64,
    rounds: Int64, series: Int64
  ) {
    self.path = path
    self.hostname = hostname
    self.release = release
    self.bootID = bootID
    self.first = first
    self.last = last
    self.rounds = rounds
    self.series = series
  }
}
