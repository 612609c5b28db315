import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemAnalysis

/// Who is named as the owner of growth, where the kernel names owners exactly.
struct ExactOwnerTests {
  private func growth(_ tags: String, cache objects: Int, used kilobytes: Int) -> Growth {
    func snapshot(_ tags: String, _ objects: Int, _ kilobytes: Int) -> Snapshot {
      Snapshot(typed: [
        "proc/meminfo": """
        MemTotal: 1000000 kB
        MemFree: \(900_000 - kilobytes) kB
        SReclaimable: 0 kB
        SUnreclaim: \(10_000 + kilobytes) kB

        """,
        "proc/slabinfo": """
        slabinfo - version: 2.1
        # name <active_objs> <num_objs> <objsize> <objperslab> <pagesperslab> : tunables
        kmalloc-2k \(objects) \(objects) 2048 16 8 : tunables 0 0 0 : slabdata \(objects / 16) \
        \(objects / 16) 0

        """,
        "proc/allocinfo": "allocinfo - version: 1.0\n#     <size>  <calls> <tag info>\n" + tags,
      ])
    }
    return Growth(
      from: snapshot("0 0 mm/slub.c:2478 func:alloc_slab_page\n", 16, 0),
      to: snapshot(tags, 16 + objects, kilobytes))
  }

  private static let slabPages = " 9437184 457 mm/slub.c:2478 func:alloc_slab_page \n"
  private static let leak = " 8388608 4096 drivers/demo.c:8 [demo] func:demo_take \n"
  private static let program = " 9000000 2197 mm/memory.c:1063 func:folio_prealloc \n"
  private static let pages = " 8900000 100 drivers/other.c:9 [other] func:other_take \n"

  @Test func `the pages behind slab objects never own them`() {
    let growth = growth(Self.slabPages + Self.leak, cache: 4096, used: 8192)
    #expect(
      growth.exactOwner
        == .line(
          AllocationSite(
            file: "drivers/demo.c", line: 8, function: "demo_take", module: "demo")))
  }

  @Test func `programs' pages and objects of another size don't own a cache's growth`() {
    let growth = growth(
      Self.slabPages + Self.program + Self.pages + Self.leak, cache: 4096, used: 8192)
    guard case .line(let tag)? = growth.exactOwner else {
      Issue.record("no owner is named")
      return
    }
    #expect(tag.module == "demo")
  }

  @Test func `nobody is named where no line holds the larger part`() {
    let growth = growth(Self.slabPages + Self.program, cache: 4096, used: 8192)
    #expect(growth.exactOwner == nil)
  }
}
