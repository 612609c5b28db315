package import KmemSnapshot

/// One side of a comparison: where it comes from, and whose moment it is.
package struct Moment: Hashable, Sendable {
  package let origin: String
  package let label: String?
  package let hostname: String?
  package let machineID: String?
  package let bootID: String?
  package let release: String?
  package let pageSize: Int
  package let pageSizeOrigin: String
  /// Seconds since 1970 UTC.
  package let wallTime: Double?
  /// Seconds since boot.
  package let upTime: Double?
  package let coverage: SourceCoverage
  /// What parsers passed over or mended, as sentences.
  package let remarks: [String]
}

/// How many of the sources that were tried could be read.
package struct SourceCoverage: Hashable, Sendable {
  package let read: Int
  /// The sources that exist but weren't read whole: path, outcome, reason.
  package let notRead: [NotRead]

  package struct NotRead: Hashable, Sendable {
    package let path: String
    package let outcome: String
    package let reason: String?
  }

  package var denied: Int { notRead.count { $0.outcome == Outcome.denied.rawValue } }
}

extension Moment {
  package init(_ snapshot: Snapshot) {
    let host = snapshot.host
    origin = snapshot.origin
    label = snapshot.label
    hostname = host.hostname
    machineID = host.machineID
    bootID = host.bootID
    release = host.release
    pageSize = host.pageSize.bytes
    pageSizeOrigin = host.pageSize.origin.rawValue
    wallTime = host.wallTime
    upTime = host.upTime
    coverage = SourceCoverage(
      read: snapshot.coverage.read,
      notRead: snapshot.coverage.notRead.map {
        .init(path: $0.path, outcome: $0.outcome.rawValue, reason: $0.reason)
      })
    remarks = snapshot.remarks.map(\.sentence)
  }
}
