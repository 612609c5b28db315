import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemAnalysis

@Suite struct GrowthTests {
  private func growth(_ before: [String: String], _ after: [String: String]) -> Growth {
    Growth(from: Snapshot(typed: before), to: Snapshot(typed: after))
  }

  private func machine(_ id: String, boot: String, up: String = "100.00 1.00") -> [String: String] {
    [
      "etc/machine-id": id, "proc/sys/kernel/random/boot_id": boot, "proc/uptime": up,
      "proc/meminfo": MeminfoText.balanced(),
    ]
  }

  @Test func `same machine and same boot is growth`() {
    let growth = growth(machine("m", boot: "a"), machine("m", boot: "a", up: "160.50 1.00"))
    #expect(growth.kind == .growth)
    #expect(growth.seconds == 60.5)
  }

  @Test func `two boots are levels and nothing grew`() {
    let growth = growth(machine("m", boot: "a"), machine("m", boot: "b"))
    #expect(growth.kind == .levels)
    #expect(growth.verdict.conclusion == .notEnough)
  }

  @Test func `two machines are a comparison, whatever their boots say`() {
    #expect(growth(machine("m", boot: "a"), machine("n", boot: "a")).kind == .comparison)
    #expect(
      growth(machine("m", boot: "a"), machine("n", boot: "b")).verdict.conclusion == .notEnough)
  }

  @Test func `files that don't tell are taken for one boot, and it is said`() {
    let files = ["proc/meminfo": MeminfoText.balanced()]
    #expect(growth(files, files).kind == .assumed)
  }

  @Test func `a source on one side only has no growth and says which side`() {
    let slab = "slabinfo - version: 2.1\nx 1 1 8 1 1 : tunables 0 0 0 : slabdata 1 1 0\n"
    let after = growth(["proc/meminfo": MeminfoText.balanced()], ["proc/slabinfo": slab])
    #expect(after.caches == .missing(.before(Missing(.absent))))
    #expect(after.classes.allSatisfy { $0.bytes.growth == nil })
    #expect(after.verdict.conclusion == .notEnough)
    #expect(
      growth(["proc/slabinfo": slab], [:]).caches == .missing(.after(Missing(.absent))))
  }

  @Test func `growth of all classes is growth of MemTotal`() throws {
    for (before, after) in [
      ("captures/6.18-guest-before", "captures/6.18-guest-after"),
      ("synthetic/4.18-vmalloc-leak-before", "synthetic/4.18-vmalloc-leak-after"),
      ("synthetic/6.12-allocinfo-before", "synthetic/6.12-allocinfo-after"),
    ] {
      let growth = Growth(from: try Fixture.snapshot(before), to: try Fixture.snapshot(after))
      #expect(growth.classes.sum { $0.bytes.growth ?? 0 } == growth.total.growth)
    }
  }

  @Test func `names of kmalloc before and after 4_20 are one cache`() throws {
    let growth = Growth(
      from: try Fixture.snapshot("synthetic/4.18-vmalloc-leak-before"),
      to: try Fixture.snapshot("synthetic/4.18-vmalloc-leak-after"))
    let names = growth.caches.elements.map(\.name)
    #expect(names.contains("kmalloc-1k"))
    #expect(!names.contains("kmalloc-1024"))
    #expect(growth.caches.elements.allSatisfy { $0.growth == 0 })
  }

  @Test(arguments: [
    ("kmalloc-1024", "kmalloc-1k"), ("kmalloc-8192", "kmalloc-8k"), ("kmalloc-192", "kmalloc-192"),
    ("dma-kmalloc-2048", "dma-kmalloc-2k"), ("kmalloc-4194304", "kmalloc-4M"),
    ("kmalloc-1k", "kmalloc-1k"), ("bio-1024", "bio-1024"), ("kmalloc-1536", "kmalloc-1536"),
  ]) func `the short name is the common one`(name: String, common: String) {
    #expect(GenericCache.commonName(name) == common)
  }

  @Test func `a caller that came is growth from nothing, with its module`() throws {
    let growth = Growth(
      from: try Fixture.snapshot("synthetic/4.18-vmalloc-leak-before"),
      to: try Fixture.snapshot("synthetic/4.18-vmalloc-leak-after"))
    let first = try #require(growth.vmallocCallers.elements.first)
    #expect(first.name.module == "demo_nic")
    #expect(first.name.caller == "demo_ring_alloc+0x2f/0x90")
    #expect(first.bytes.growth == 64 << 20)
    #expect(first.count.growth == 64)
  }

  @Test func `a module that was loaded is told with its taint`() throws {
    let growth = Growth(
      from: try Fixture.snapshot("synthetic/6.12-allocinfo-before"),
      to: try Fixture.snapshot("synthetic/6.12-allocinfo-after"))
    let module = try #require(growth.modules.elements.first)
    #expect(growth.modules.elements.count == 1)
    #expect(module.name == "demo_leak")
    #expect(module.kind == .loaded)
    #expect(module.isOutOfTree)
  }

  @Test func `the first snapshot being the later one shows as time below zero`() {
    let growth = growth(
      machine("m", boot: "a", up: "500.00 1.00"), machine("m", boot: "a", up: "100.00 1.00"))
    #expect(growth.seconds == -400)
  }

  @Test func `a cache whose numbers are impossible on one side has no growth`() {
    let head = "slabinfo - version: 2.1\n"
    let good = head + "x 1 1 8 1 1 : tunables 0 0 0 : slabdata 1 9 0\n"
    let bad = head + "x 1 1 8 1 4 : tunables 0 0 0 : slabdata 1 9223372036854775807 0\n"
    let after = growth(["proc/slabinfo": bad], ["proc/slabinfo": good])
    #expect(after.caches == .listed([]))
  }
}
