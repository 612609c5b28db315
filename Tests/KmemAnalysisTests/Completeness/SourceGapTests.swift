import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemAnalysis

/// Lists that lost their beginning or their end are told from whole ones.
struct SourceGapTests {
  private static let header = """
    slabinfo - version: 2.1
    # name <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab> : tunables <limit> \
    <batchcount> <sharedfactor> : slabdata <active_slabs> <num_slabs> <sharedavail>

    """
  private static let filp = "filp 9 9 256 16 1 : tunables 0 0 0 : slabdata 1 1 0\n"
  private static let last = "kmem_cache 9 9 256 16 1 : tunables 0 0 0 : slabdata 1 1 0\n"
  private static let zone = """
    Node 0, zone   Normal
      pages free     1000
            min      10
            low      12
            high     15
            spanned  2000
            present  2000
            managed  1900
        nr_free_pages 1000
      pagesets
        cpu: 0
                  count: 5
                  high:  10
                  batch: 1
      start_pfn:           4096

    """

  private func gaps(_ files: [String: String]) -> [SourceGap.Kind] {
    SourceGap.all(Snapshot(typed: files)).map(\.kind)
  }

  @Test func `a slabinfo with header and kmem_cache is whole`() {
    #expect(gaps(["proc/slabinfo": Self.header + Self.filp + Self.last]) == [])
  }

  @Test func `a slabinfo without one of its ends isn't`() {
    #expect(gaps(["proc/slabinfo": Self.header + Self.filp]) == [.tail(last: "filp")])
    #expect(gaps(["proc/slabinfo": Self.filp + Self.last]) == [.header])
    #expect(gaps(["proc/slabinfo": Self.filp]) == [.ends(rows: 1)])
  }

  @Test func `a zone without its last lines is cut`() {
    #expect(gaps(["proc/zoneinfo": Self.zone]) == [])
    let cut = Self.zone.replacing("  start_pfn:           4096\n", with: "")
    #expect(gaps(["proc/zoneinfo": cut]) == [.zone("0 Normal")])
  }

  @Test func `buddyinfo has all orders, and the zones of zoneinfo`() {
    let rows = "Node 0, zone Normal 1 2 3\nNode 0, zone DMA 1 2 3\n"
    #expect(gaps(["proc/buddyinfo": rows, "proc/zoneinfo": Self.zone]) == [])
    #expect(gaps(["proc/buddyinfo": rows + "Node 1, zone Normal 1 2\n"]) == [.zone("1 Normal")])
    let other = "Node 0, zone DMA 1 2 3\n"
    #expect(
      gaps(["proc/buddyinfo": other, "proc/zoneinfo": Self.zone]) == [.zones(["0 Normal"])])
  }

  @Test func `an allocinfo without header may be a part`() {
    let tag = "4096 1 mm/slub.c:3075 func:alloc_slab_page\n"
    #expect(gaps(["proc/allocinfo": "allocinfo - version: 1.0\n" + tag]) == [])
    #expect(gaps(["proc/allocinfo": tag]) == [.header])
  }

  @Test func `what the reader cut is cut`() {
    var capture = Capture(typed: ["proc/vmstat": "nr_free_pages 1\n"])
    capture.sources["proc/vmstat"]?.outcome = .truncated
    #expect(SourceGap.all(Snapshot(capture)).map(\.kind) == [.truncated])
  }
}
