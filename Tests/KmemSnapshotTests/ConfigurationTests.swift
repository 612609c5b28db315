import KmemParsers
import KmemTestSupport
import Testing

@testable import KmemSnapshot

/// Only the configuration of the running release is an answer.
@Suite struct ConfigurationTests {
  private let release = ["proc/sys/kernel/osrelease": "6.12.48\n"]
  private let yes = "CONFIG_DEBUG_KMEMLEAK=y\n"
  private let no = "# CONFIG_DEBUG_KMEMLEAK is not set\n"

  private func snapshot(_ files: [String: String]) -> Snapshot {
    Snapshot(typed: release.merging(files) { _, file in file })
  }

  @Test(arguments: [
    "boot/config-6.12.48", "lib/modules/6.12.48/config", "usr/lib/modules/6.12.48/config",
  ]) func `the running release's file is taken`(path: String) {
    let snapshot = snapshot([path: yes])
    #expect(snapshot.config.value?["DEBUG_KMEMLEAK"] == .yes)
    #expect(snapshot.configOrigin == "/\(path)")
  }

  @Test(arguments: [
    "boot/config-6.12.47", "lib/modules/6.12.48-rt/config", "boot/config-6.12.48.old",
  ]) func `a configuration of another release is no answer`(path: String) {
    let snapshot = snapshot([path: yes])
    #expect(snapshot.config.value == nil)
    #expect(snapshot.configOrigin == nil)
    #expect(snapshot.config.missing?.cause == .absent)
  }

  @Test func `what the kernel holds itself comes first`() {
    let snapshot = snapshot(["proc/config": no, "boot/config-6.12.48": yes])
    #expect(snapshot.config.value?["DEBUG_KMEMLEAK"] == .no)
    #expect(snapshot.configOrigin == "/proc/config.gz")
  }

  @Test func `without a known release no file in boot counts`() {
    #expect(Snapshot(typed: ["boot/config-6.12.48": yes]).config.value == nil)
  }
}
