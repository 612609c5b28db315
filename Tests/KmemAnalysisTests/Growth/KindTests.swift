import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemAnalysis

/// What a comparison means where no file names the machine or the boot.
struct KindTests {
  private func snapshot(_ total: Int, release: String = "") -> Snapshot {
    let files = ["proc/meminfo": "MemTotal: \(total) kB\n", "proc/sys/kernel/osrelease": release]
    return Snapshot(
      Capture(
        origin: "typed", kind: .directory,
        sources: files.filter { !$0.value.isEmpty }
          .mapValues { SourceReading(outcome: .read, bytes: Array($0.utf8)) }))
  }

  @Test func `a MemTotal of another size tells of two machines`() {
    let growth = Growth(from: snapshot(1_048_576), to: snapshot(16_392_000))
    #expect(growth.kind == .comparison)
  }

  @Test func `a MemTotal that differs a little leaves the boot open`() {
    let growth = Growth(from: snapshot(1_008_576), to: snapshot(1_006_892))
    #expect(growth.kind == .assumed)
  }

  @Test func `a kernel of another release was booted in between`() {
    let growth = Growth(
      from: snapshot(1_008_576, release: "6.1.0-18-amd64\n"),
      to: snapshot(1_008_576, release: "6.1.0-21-amd64\n"))
    #expect(growth.kind == .levels)
  }
}
