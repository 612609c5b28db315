import KmemParsers
import KmemTestSupport
import Testing

@testable import KmemSnapshot

/// No file says how large a page is; each origin is tried with the others absent.
@Suite struct PageSizeTests {
  private func zoneinfo(_ lines: String) -> String {
    "Node 0, zone   Normal\n  pages free     10\n        min      1\n\(lines)    nr_free_pages 10\n"
  }

  private func pageSize(_ files: [String: String]) -> PageSize {
    Snapshot(typed: files).host.pageSize
  }

  @Test(arguments: [4096, 8192, 16384, 65536, 262144])
  func `MemTotal is the managed pages to the page`(size: Int) {
    let found = pageSize([
      "proc/meminfo": "MemTotal: \(250_000 * size / 1024) kB\n",
      "proc/zoneinfo": zoneinfo("        present  260000\n        managed  250000\n"),
    ])
    #expect(found == PageSize(bytes: size, origin: .managed))
  }

  @Test func `the pages of a block tell it where managed pages aren't printed`() {
    let found = pageSize([
      "proc/meminfo": "MemTotal: 1000000 kB\nHugepagesize: 524288 kB\n",
      "proc/pagetypeinfo": "Page block order: 13\nPages per block:  8192\n\n",
    ])
    #expect(found == PageSize(bytes: 65536, origin: .pageblock))
  }

  @Test func `MemTotal is somewhat less than the present pages before 3_9`() {
    let found = pageSize([
      "proc/meminfo": "MemTotal: 4044788 kB\n",
      "proc/zoneinfo": zoneinfo("        spanned  1244480\n        present  1031261\n"),
    ])
    #expect(found == PageSize(bytes: 4096, origin: .present))
  }

  @Test func `an area of n pages is n and a guard page long`() {
    let found = pageSize([
      "proc/vmallocinfo": """
      0x1-0x2 4096 ioremap_it+0x1/0x2 phys=1000 ioremap
      0x1-0x2 327680 load_module+0x1/0x2 pages=4 vmalloc

      """
    ])
    #expect(found == PageSize(bytes: 65536, origin: .vmalloc))
  }

  @Test func `slabs that only fit into larger pages tell it last`() {
    let rows = (1...21).map { "cache-\($0) 10 10 1024 64 1 : tunables 0 0 0 : slabdata 1 1 0\n" }
    let found = pageSize(["proc/slabinfo": "slabinfo - version: 2.1\n" + rows.joined()])
    #expect(found == PageSize(bytes: 65536, origin: .slab))
  }

  @Test func `without any of them 4 KiB are assumed, and it says so`() {
    #expect(
      pageSize(["proc/meminfo": "MemTotal: 1000000 kB\n"])
        == PageSize(bytes: 4096, origin: .assumed))
  }

  @Test func `a manifest decides, unless no kernel has such pages`() throws {
    var capture = try Fixture.capture("captures/6.18-guest-before")
    #expect(Snapshot(capture).host.pageSize == PageSize(bytes: 4096, origin: .manifest))
    capture.manifest?.pageSize = 12345
    #expect(Snapshot(capture).host.pageSize == PageSize(bytes: 4096, origin: .vmalloc))
  }

  @Test(arguments: [
    ("synthetic/2.6.32-slab-swap", 4096, PageSize.Origin.present),
    ("synthetic/3.10-slub", 4096, .managed), ("synthetic/6.1-arm64-64k", 65536, .managed),
    ("synthetic/lxcfs-container", 4096, .assumed),
  ]) func `fixtures are understood`(name: String, size: Int, origin: PageSize.Origin) throws {
    #expect(try Fixture.snapshot(name).host.pageSize == PageSize(bytes: size, origin: origin))
  }
}
