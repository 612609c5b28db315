import Testing

@testable import KmemSnapshot

/// What kmemcheck says of a capture of its own.
@Suite struct ManifestTests {
  /// A manifest that knows everything there is.
  private var full: Manifest {
    var manifest = Manifest(
      tool: "2.0", start: Manifest.Timestamp(wall: 1_795_829_059.25, boot: 12804.923948698),
      end: Manifest.Timestamp(wall: 1_795_829_060, boot: nil),
      sources: [
        "proc/meminfo": source(SourceReading(outcome: .read, bytes: [65, 66], milliseconds: 0.25)),
        "sys/\u{1B}]0;\u{202E}\"\\\n": source(
          SourceReading(outcome: .denied, reason: "ä\u{200B}\u{7F}")),
      ])
    manifest.sources["proc/meminfo"]?.remembered = 1_795_829_156.4965389
    manifest.label = "before"
    manifest.hostname = "vm"
    manifest.machineID = "0123"
    manifest.bootID = "4567"
    manifest.kernelRelease = "6.12.0"
    manifest.pageSize = 4096
    manifest.processors = 2
    manifest.userID = 0
    manifest.capabilities = "000001ffffffffff"
    manifest.isRedacted = true
    manifest.isProtected = true
    manifest.redaction = RedactionFacts(key: "word")
    manifest.redaction?.replaced = ["host": 1]
    manifest.redaction?.removedLines = ["proc/mounts": 2]
    manifest.redaction?.leftOut = ["proc/1/cmdline"]
    return manifest
  }

  private func source(_ reading: SourceReading) -> Manifest.Source { Manifest.Source(reading) }

  @Test func `every field that is known is written, and read back as it was`() throws {
    let unknown = Mirror(reflecting: full).children.filter { "\($0.value)" == "nil" }
    #expect(unknown.isEmpty, "the manifest of this test lacks a field")
    #expect(try Manifest(decoding: full.encoded) == full)
  }

  @Test func `what isn't known isn't written`() throws {
    let bare = Manifest(tool: "2.0", start: full.start, end: full.end)
    #expect(try Manifest(decoding: bare.encoded) == bare)
    #expect(!String(decoding: bare.encoded, as: UTF8.self).contains("null"))
  }

  @Test func `its label can be read from its beginning`() {
    #expect(Manifest.label(inBeginning: full.encoded) == "before")
  }
}
