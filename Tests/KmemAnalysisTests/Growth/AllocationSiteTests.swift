import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemAnalysis

@Suite struct AllocationSiteTests {
  private func growth(_ before: String, _ after: String) -> [NamedChange<AllocationSite>] {
    func snapshot(_ rows: String) -> Snapshot {
      Snapshot(typed: ["proc/allocinfo": "allocinfo - version: 1.0\n\(rows)\n"])
    }
    return Growth(from: snapshot(before), to: snapshot(after)).allocationSites.elements
  }

  @Test func `the places of one inlined line are summed`() throws {
    let changes = growth(
      "4096 1 mm/a.c:1 func:f\n4096 1 mm/a.c:1 func:f",
      "8192 2 mm/a.c:1 func:f\n4096 1 mm/a.c:1 func:f")
    #expect(changes.count == 1)
    #expect(changes.first?.bytes.growth == 4096)
    #expect(changes.first?.count.growth == 1)
  }

  @Test func `a sum that underflowed is unknown, on whichever side it did`() {
    let bad = "4096 1 mm/a.c:1 func:f\n-4096 18446744073709551615 mm/a.c:1 func:f"
    let good = "8192 2 mm/a.c:1 func:f"
    #expect(growth(bad, good).isEmpty)
    #expect(growth(good, bad).isEmpty)
    #expect(growth(bad, bad).isEmpty)
  }

  @Test func `one line in the kernel and one in a module are two`() {
    let changes = growth("0 0 mm/a.c:1 func:f", "64 1 mm/a.c:1 func:f\n32 1 mm/a.c:1 [m] func:f")
    #expect(changes.map(\.bytes.growthIfAbsentIsZero) == [64, 32])
  }

  @Test func `lines that hold what they held stand in the file's order between gains and losses`() {
    let changes = growth(
      "8 1 z.c:1 func:z\n8 1 y.c:1 func:y\n64 1 less.c:1 func:f\n8 1 a.c:1 func:a",
      "8 1 z.c:1 func:z\n8 1 y.c:1 func:y\n8 1 a.c:1 func:a\n8 1 less.c:1 func:f\n9 1 new.c:1 func:f"
    )
    #expect(changes.map(\.name.file) == ["new.c", "z.c", "y.c", "a.c", "less.c"])
    #expect(changes.map(\.bytes.growthIfAbsentIsZero) == [9, 0, 0, 0, -56])
  }

  @Test func `a line of a module that has gone holds nothing any more`() {
    let changes = growth("8 1 a.c:1 func:f\n64 2 b.c:1 [m] func:g", "8 1 a.c:1 func:f")
    #expect(changes.last?.name.module == "m")
    #expect(changes.last?.bytes.growthIfAbsentIsZero == -64)
    #expect(changes.last?.bytes.growth == nil)
  }

  @Test func `the leaking line of source comes first`() throws {
    let growth = Growth(
      from: try Fixture.snapshot("synthetic/6.12-allocinfo-before"),
      to: try Fixture.snapshot("synthetic/6.12-allocinfo-after"))
    let first = try #require(growth.allocationSites.elements.first)
    #expect(first.name.function == "demo_store")
    #expect(first.name.module == "demo_leak")
    #expect(first.bytes.growth == Int64(40000) * 1024)
    #expect(first.count.growth == 40000)
  }
}
