import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemAnalysis

/// Amounts in KiB on a machine of 1,000,000 KiB, whose floor of noise is 2 MiB.
@Suite struct GrowthVerdictTests {
  private func verdict(
    _ changes: [String: Int], slab: (before: String, after: String)? = nil
  ) -> GrowthVerdict {
    func snapshot(_ changes: [String: Int], _ rows: String?) -> Snapshot {
      var files = ["proc/meminfo": MeminfoText.balanced(changes)]
      files["proc/slabinfo"] = rows.map { "slabinfo - version: 2.1\n\($0)\n" }
      return Snapshot(typed: files)
    }
    return Growth(from: snapshot([:], slab?.before), to: snapshot(changes, slab?.after)).verdict
  }

  /// Unreclaimable slab that gained 10,000 objects of `filp`, while open files went from one number to
  /// another; nil where they aren't told.
  private func files(_ open: (before: Int, after: Int)?) -> Growth {
    func snapshot(_ changes: [String: Int], _ slabs: Int, _ open: Int?) -> Snapshot {
      var files = ["proc/meminfo": MeminfoText.balanced(changes)]
      files["proc/slabinfo"] = "slabinfo - version: 2.1\n\(row("filp", slabs: slabs))\n"
      files["proc/sys/fs/file-nr"] = open.map { "\($0)\t0\t800000\n" }
      return Snapshot(typed: files)
    }
    return Growth(
      from: snapshot([:], 100, open?.before),
      to: snapshot(
        ["MemFree": 360_000, "SUnreclaim": 80000, "Slab": 140_000], 10100, open?.after))
  }

  @Test func `files that aren't open any more are the kernel's own`() {
    let kept = files((400, 410))
    #expect(kept.verdict.conclusion == .growing)
    #expect(kept.verdict.sides[.kernel] == 40000 * 1024)
    #expect(kept.verdict.sides[.heldForUserSpace] == 0)
    #expect(kept.heldDoubt?.isSure == true)
    let open = files((400, 10400))
    #expect(open.verdict.conclusion == .heldForUserSpace)
    #expect(open.heldDoubt == nil)
    #expect(open.verdict.unproven == 0)
  }

  @Test func `files of which nobody knows whether they are open prove nothing`() {
    let unknown = files(nil)
    #expect(unknown.verdict.conclusion == .heldForUserSpace)
    #expect(unknown.heldDoubt?.isSure == false)
    #expect(unknown.verdict.unproven == 40000 * 1024)
  }

  private func row(_ name: String, slabs: Int) -> String {
    "\(name) \(slabs) \(slabs) 4096 1 1 : tunables 0 0 0 : slabdata \(slabs) \(slabs) 0"
  }

  @Test func `noise is stable`() {
    let verdict = verdict([
      "MemFree": 399_000, "SUnreclaim": 40500, "Slab": 100_500, "Cached": 200_500,
      "Inactive": 160_500,
    ])
    #expect(verdict.conclusion == .stable)
    #expect(verdict.floor == 2 << 20)
  }

  @Test func `page cache that grew is cache`() {
    let verdict = verdict(["MemFree": 300_000, "Cached": 300_000, "Inactive": 260_000])
    #expect(verdict.conclusion == .cache)
    #expect(verdict.sides[.cache] == 100_000 * 1024)
    #expect(verdict.sides[.kernel] == 0)
  }

  @Test func `programs that grew are user space`() {
    let verdict = verdict(["MemFree": 300_000, "AnonPages": 200_000, "Active": 250_000])
    #expect(verdict.conclusion == .userSpace)
    #expect(verdict.sides[.userSpace] == 100_000 * 1024)
  }

  @Test func `vmalloc that grew is growing`() {
    let verdict = verdict(["MemFree": 350_000, "VmallocUsed": 74000])
    #expect(verdict.conclusion == .growing)
    #expect(verdict.sides[.kernel] == 50000 * 1024)
  }

  @Test func `pages that are in no class are growing`() {
    let verdict = verdict(["MemFree": 350_000])
    #expect(verdict.conclusion == .growing)
    #expect(verdict.sides[.unaccounted] == 50000 * 1024)
  }

  @Test func `a slab cache of the kernel's own is growing, beside a larger cache too`() {
    let verdict = verdict([
      "MemFree": 280_000, "SUnreclaim": 60000, "Slab": 120_000, "Cached": 300_000,
      "Inactive": 260_000,
    ])
    #expect(verdict.conclusion == .growing)
    #expect(verdict.sides[.cache] == 100_000 * 1024)
    #expect(verdict.sides[.kernel] == 20000 * 1024)
  }

  @Test func `what programs keep open is held for user space`() {
    let verdict = verdict(
      ["MemFree": 360_000, "SUnreclaim": 80000, "Slab": 140_000],
      slab: (row("filp", slabs: 100), row("filp", slabs: 10100)))
    #expect(verdict.conclusion == .heldForUserSpace)
    #expect(verdict.sides[.heldForUserSpace] == 40000 * 1024)
    #expect(verdict.sides[.kernel] == 0)
  }

  @Test func `threads are held for user space`() {
    let verdict = verdict([
      "MemFree": 380_000, "KernelStack": 14000, "VmallocUsed": 34000, "PageTables": 16000,
    ])
    #expect(verdict.conclusion == .heldForUserSpace)
    #expect(verdict.sides[.heldForUserSpace] == 20000 * 1024)
    #expect(verdict.sides[.kernel] == 0)
  }

  @Test func `kmemleak's own records are never growth of the kernel`() {
    let verdict = verdict(
      ["MemFree": 380_000, "SUnreclaim": 60000, "Slab": 120_000],
      slab: (row("kmemleak_object", slabs: 100), row("kmemleak_object", slabs: 5100)))
    #expect(verdict.conclusion == .stable)
    #expect(verdict.sides[.kernel] == 0)
  }

  @Test func `shrinking is stable`() {
    #expect(
      verdict(["MemFree": 420_000, "SUnreclaim": 20000, "Slab": 80000]).conclusion == .stable)
  }

  @Test func `200,000 files on tmpfs are held for user space`() throws {
    let growth = Growth(
      from: try Fixture.snapshot("captures/6.18-guest-before"),
      to: try Fixture.snapshot("captures/6.18-guest-after"))
    #expect(growth.kind == .growth)
    #expect(growth.verdict.conclusion == .heldForUserSpace)
    let first = try #require(growth.caches.elements.first)
    #expect(first.name == "shmem_inode_cache")
    // 200,000 inodes of 760 bytes are 145 MiB.
    #expect(
      first.objects.growthIfAbsentIsZero > 195_000 && first.objects.growthIfAbsentIsZero < 205_000)
    #expect(first.growth > 140 << 20 && first.growth < 160 << 20)
  }

  @Test func `a module that leaks vmalloc memory is growing`() throws {
    let growth = Growth(
      from: try Fixture.snapshot("synthetic/4.18-vmalloc-leak-before"),
      to: try Fixture.snapshot("synthetic/4.18-vmalloc-leak-after"))
    #expect(growth.verdict.conclusion == .growing)
    #expect(growth.verdict.sides[.kernel] == 64 << 20)
    #expect(growth[.unaccounted] == 0)
  }

  @Test(arguments: Conclusion.allCases)
  func `no word for growth speaks of a leak`(conclusion: Conclusion) {
    #expect(!conclusion.rawValue.lowercased().contains("leak"))
  }
}
