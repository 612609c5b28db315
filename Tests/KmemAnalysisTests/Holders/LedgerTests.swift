import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemAnalysis

/// Kernel memory by holder: no byte twice, nothing lost.
struct LedgerTests {
  private func snapshot(_ tags: String, vmalloc pages: Int = 0, percpu: Int = 0) -> Snapshot {
    Snapshot(typed: [
      "proc/meminfo": """
      MemTotal: 1000000 kB
      MemFree: 900000 kB
      SReclaimable: 0 kB
      SUnreclaim: 10000 kB
      VmallocUsed: \(pages * 4) kB
      VmallocChunk: 0 kB
      Percpu: \(percpu) kB

      """,
      "proc/slabinfo": """
      slabinfo - version: 2.1
      # name <active_objs>
      kmalloc-2k 4096 4096 2048 16 8 : tunables 0 0 0 : slabdata 256 256 0
      kmalloc-4k 64 64 4096 8 8 : tunables 0 0 0 : slabdata 8 8 0

      """,
      "proc/vmallocinfo": """
      0x1-0x2 8192 demo_map.cold+0x1/0x2 [demo] pages=\(pages) vmalloc
      0x1-0x2 8192 load_module+0x1/0x2 pages=4 vmalloc

      """,
      "proc/modules": "demo 16384 0 - Live 0x0000000000000000 (O)\n",
      "proc/allocinfo": "allocinfo - version: 1.0\n" + tags,
    ])
  }

  private func held(_ allocinfo: String, vmalloc pages: Int = 0) -> KernelHolders {
    let snapshot = snapshot(allocinfo, vmalloc: pages)
    return KernelHolders(MemoryModel(snapshot))
  }

  private func row(_ name: String, _ ledger: HolderTotals) throws -> HolderTotals.Row {
    try #require(ledger.rows.first { ($0.holder.module ?? $0.holder.directory) == name })
  }

  @Test func `pages that vmallocinfo counts for a caller are not counted again by its line`() throws
  {
    let ledger = HolderTotals(
      held("1064960 260 a.c:1 [demo] func:demo_map\n", vmalloc: 256))
    let demo = try row("demo", ledger)
    #expect(demo.columns[.vmalloc] == 1_048_576)
    #expect(demo.columns[.slab] == 16384)
    #expect(demo.columns[.own] == 16384)
  }

  @Test func `pages behind slab objects, of programs and of debugging are nobody's`() {
    let ledger = HolderTotals(
      held(
        """
        9437184 457 mm/slub.c:2478 func:alloc_slab_page
        4096 1 mm/memory.c:1063 func:folio_prealloc
        4096 1 lib/stackdepot.c:627 func:stack_depot_save_flags

        """))
    #expect(ledger.rows.map(\.holder.module) == ["demo"])
  }

  @Test func `objects of a page are slab while slab has room for them, and pages otherwise`() throws
  {
    let few = HolderTotals(held("262144 64 a.c:1 [demo] func:f\n"))
    #expect(try row("demo", few).columns[.slab] == 262_144)
    let many = HolderTotals(held("67108864 16384 a.c:1 [demo] func:f\n"))
    #expect(try row("demo", many).columns[.pages] == 67_108_864)
  }

  @Test func `the kernel's own memory is by directory, and the rest has no holder`() throws {
    let ledger = HolderTotals(
      held("4194304 2048 fs/ext4/super.c:1 func:f\n2097152 1024 net/core/dev.c:1 func:g\n"))
    #expect(try row("fs/ext4", ledger).total == 4_194_304)
    #expect(try row("net/core", ledger).total == 2_097_152)
    #expect(ledger.rest[.slab] == 3_948_544)
  }

  @Test func `growth is what each holds more`() throws {
    let growth = HolderTotals(
      from: held("2097152 1024 a.c:1 [demo] func:f\n"),
      to: held("4194304 2048 a.c:1 [demo] func:f\n"))
    #expect(try row("demo", growth).total == 2_097_152)
    #expect(growth.rest[.slab] == -2_097_152)
  }
}
