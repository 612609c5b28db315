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
  /// The label that the user gave the capture.
  package var label: String?
  /// The machine's name.
  package var hostname: String?
  /// The id of the installation, from `/etc/machine-id`.
  package var machineID: String?
  /// The id of the boot, from `/proc/sys/kernel/random/boot_id`.
  package var bootID: String?
  /// The kernel release, as `uname -r` prints it.
  package var kernelRelease: String?
  /// Bytes in a page.
  package var pageSize: Int?
  /// How many processors were online.
  package var processors: Int?
  /// When reading began and ended.
  package var start: Timestamp
  /// When reading ended.
  package var end: Timestamp
  /// The effective user id of who read the sources.
  package var userID: Int?
  /// The effective capabilities as `/proc/self/status` prints them, in hexadecimal.
  package var capabilities: String?
  /// What became of each source, by its path below the root.
  package var sources: [String: Source]
  /// Whether names, addresses and contents were replaced or taken out by redaction.
  package var isRedacted: Bool?
  /// What redaction replaced and took out; nothing in captures of earlier versions.
  package var redaction: RedactionFacts?

  /// Whether digests of all members are the capture's last member.
  package var isProtected: Bool?

  /// The manifest of a capture that is written with digests.
  package var protected: Manifest {
    var manifest = self
    manifest.isProtected = true
    return manifest
  }

  /// A time by both clocks.
  package struct Timestamp: Codable, Hashable, Sendable {
    /// Seconds since 1970 UTC.
    package var wall: Double
    /// Seconds since boot, suspended time included (`CLOCK_BOOTTIME`).
    package var boot: Double?

    /// A time by those clocks.
    package init(wall: Double, boot: Double?) {
      self.wall = wall
      self.boot = boot
    }
  }

  /// What became of one source.
  package struct Source: Codable, Hashable, Sendable {
    /// What became of the source.
    package var outcome: Outcome
    /// The reason in words where it wasn't read.
    package var reason: String?
    /// How many bytes were kept of it.
    package var bytes: Int
    /// How long reading took, in milliseconds.
    package var milliseconds: Double
    /// When it was read, in seconds since 1970 UTC, if it was remembered from then.
    package var remembered: Double?

    /// Notes what became of a source.
    package init(_ reading: SourceReading) {
      outcome = reading.outcome
      reason = reading.reason
      bytes = reading.bytes.count
      milliseconds = reading.milliseconds
      remembered = reading.rememberedSince
    }
  }

  /// A manifest without what is known of the machine.
  package init(tool: String, start: Timestamp, end: Timestamp, sources: [String: Source] = [:]) {
    self.tool = tool
    self.start = start
    self.end = end
    self.sources = sources
  }
}
