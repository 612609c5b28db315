import KmemParsers
import KmemSnapshot
import Testing

@testable import KmemAnalysis

@Suite struct KernelStatusTests {
  @Test func `an unreachable kmemleak is to be reached first`() {
    let status = KernelStatus(builtIn { $0.mounts = mounts(debugfs: false) })
    #expect(status.kmemleak.state == .debugfsNotMounted)
    #expect(status.next?.command == "sudo mount -t debugfs none /sys/kernel/debug")
  }

  @Test func `the next step is the cheapest`() {
    let pool = builtIn { $0.kernelLog = KmemleakLog(lines: ["kmemleak: Memory pool empty"]) }
    #expect(KernelStatus(pool).kmemleak.remedies.first?.kind == .rebuild)
    #expect(KernelStatus(pool).next?.kind == .boot)
  }

  @Test func `without kmemleak the next step is to compare two moments`() {
    let root = facts(config: "# CONFIG_DEBUG_KMEMLEAK is not set\n")
    #expect(KernelStatus(root).next?.command == "kmemcheck snap; sleep 600; kmemcheck diff")
    var user = root
    user.userID = 1000
    #expect(KernelStatus(user).next?.command?.contains("sudo kmemcheck diff") == true)
    var capture = root
    capture.isLive = false
    #expect(KernelStatus(capture).next?.kind == .rebuild)
  }

  @Test func `a configuration of another version is remarked on, and taken`() {
    let status = KernelStatus(
      facts(
        config: "# Linux/x86 5.10.0 Kernel Configuration\nCONFIG_DEBUG_KMEMLEAK=y\n",
        origin: "my.config"))
    #expect(
      status.remarks == [
        .configOfOtherVersion(
          origin: "my.config", version: "5.10.0", release: "6.12.41+deb13-amd64")
      ])
    let option = OptionFinding(name: "DEBUG_KMEMLEAK", setting: .yes, origin: "my.config")
    #expect(status.kmemleak.evidence.contains(.option(option)))
  }

  @Test func `a release that a distribution renumbered is not remarked on`() {
    let status = KernelStatus(
      facts(
        "6.1.0-38-amd64", config: "# Linux/x86 6.1.147 Kernel Configuration\nCONFIG_SMP=y\n"))
    #expect(status.remarks.isEmpty)
  }

  @Test func `a capture's files become facts`() {
    var capture = Capture(origin: "a", kind: .directory)
    let texts = [
      "proc/sys/kernel/osrelease": "6.12.41\n", "proc/cmdline": "ro kmemleak=off\n",
      "proc/mounts": "debugfs /sys/kernel/debug debugfs rw 0 0\n",
      "sys/kernel/security/lockdown": "[none] integrity confidentiality\n",
      "sys/module/kmemleak/parameters/verbose": "N\n", "proc/sys/vm/mem_profiling": "0\n",
      "var/log/kmemcheck-kernel.log": "[    0.1] \(KmemleakLog.disabled)\n[    1.0] SLUB: x\n",
    ]
    for (path, text) in texts {
      capture.sources[path] = SourceReading(outcome: .read, bytes: Array(text.utf8))
    }
    let moment = Manifest.Timestamp(wall: 0, boot: nil)
    var manifest = Manifest(tool: "0", start: moment, end: moment)
    manifest.userID = 0
    manifest.capabilities = "0000000400000000"
    capture.manifest = manifest
    capture.links = [
      "sys/kernel/slab/a": ":0000064", "sys/kernel/slab/b": ":0000064",
      "sys/kernel/slab/c": ":0000128",
    ]
    let facts = KernelFacts(capture, Snapshot(capture))
    #expect(facts.release == "6.12.41")
    #expect(facts.lockdown == Lockdown.none)
    #expect(facts.userID == 0)
    #expect(facts.capabilities == 1 << 34)
    #expect(facts.hasKmemleakModule == true)
    #expect(facts.mergedCacheNames == 2)
    #expect(facts.memoryProfiling == "0")
    #expect(facts.kernelLog?.lines.count == 1)
    #expect(facts.slabinfo == nil)
    #expect(KernelStatus(facts).kmemleak.state == .offAtBoot)
  }

  @Test func `a file that a capture doesn't hold proves nothing`() {
    let capture = Capture(origin: "a", kind: .archive)
    let facts = KernelFacts(capture, Snapshot(capture))
    #expect(facts.kmemleak == nil)
    #expect(KernelStatus(facts).kmemleak.state == .unknown)
  }

  @Test func `only the log of the last boot counts`() {
    var capture = Capture(origin: "a", kind: .directory)
    let log = """
      Linux version 6.12.41
      kmemleak: Memory pool empty, consider increasing CONFIG_DEBUG_KMEMLEAK_MEM_POOL_SIZE
      Linux version 6.12.41
      \(KmemleakLog.initialized)
      """
    capture.sources["var/log/dmesg"] = SourceReading(outcome: .read, bytes: Array(log.utf8))
    let facts = KernelFacts(capture, Snapshot(capture))
    #expect(facts.kernelLog?.lines == [KmemleakLog.initialized])
    #expect(facts.kernelLog?.reachesBoot == true)
    #expect(KernelStatus(facts).kmemleak.state == .built)
  }
}
