/// The facts about a capture that the kernel's files don't tell: `kmemcheck/manifest.json`.
///
/// Additive only: every later version reads what an earlier one wrote, so a new field is optional.
package struct Manifest: Codable, Hashable, Sendable {
  /// The schema of this file, without its version.
  static let schemaName = "kmemcheck.manifest"
  /// The version that is written, and the latest that is understood.
  static let version = 1
  /// The schema of this file, `kmemcheck.manifest/1`.
  package var schema = "\(Manifest.schemaName)/\(Manifest.version)"
  /// The version of kmemcheck that wrote it.
  package var tool: String
  package var label: String?
  package var hostname: String?
  package var machineID: String?
  package var bootID: String?
  package var kernelRelease: String?
  /// Bytes in a page.
  package var pageSize: Int?
  package var processors: Int?
  /// When reading began and ended.
  package var start: Timestamp
  package var end: Timestamp
  package var userID: Int?
  /// The effective capabilities as `/proc/self/status` prints them, in hexadecimal.
  package var capabilities: String?
  /// What became of each source, by its path below the root.
  package var sources: [String: Source]
  /// Whether secrets were taken out (`--redact`): hex dumps, command lines, addresses.
  package var isRedacted: Bool?

  /// A time by both clocks.
  package struct Timestamp: Codable, Hashable, Sendable {
    /// Seconds since 1970 UTC.
    package var wall: Double
    /// Seconds since boot, suspended time included (`CLOCK_BOOTTIME`).
    package var boot: Double?

    package init(wall: Double, boot: Double?) {
      self.wall = wall
      self.boot = boot
    }
  }

  /// What became of one source.
  package struct Source: Codable, Hashable, Sendable {
    package var outcome: Outcome
    package var reason: String?
    package var bytes: Int
    package var milliseconds: Double

    package init(_ reading: SourceReading) {
      outcome = reading.outcome
      reason = reading.reason
      bytes = reading.bytes.count
      milliseconds = reading.milliseconds
    }
  }

  package init(tool: String, start: Timestamp, end: Timestamp, sources: [String: Source] = [:]) {
    self.tool = tool
    self.start = start
    self.end = end
    self.sources = sources
  }
}
