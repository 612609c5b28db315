import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemAnalysis

@Suite struct ZoneHealthTests {
  @Test(arguments: [
    (Int64(99), ZoneHealth.Level.belowMin), (100, .belowLow), (149, .belowLow), (150, .belowHigh),
    (199, .belowHigh), (200, .ample),
  ]) func `a level begins at its watermark`(free: Int64, level: ZoneHealth.Level) {
    #expect(ZoneHealth.Level(free: free, min: 100, low: 150, high: 200) == level)
  }

  @Test func `a level without one of its numbers is unknown`() {
    #expect(ZoneHealth.Level(free: nil, min: 1, low: 2, high: 3) == .unknown)
    #expect(ZoneHealth.Level(free: 1, min: 1, low: nil, high: 3) == .unknown)
  }

  @Test func `the boost is taken out of the watermarks that are printed with it`() throws {
    let zones = ZoneHealth.all(try Fixture.snapshot("synthetic/6.12-allocinfo-after"))
    let zone = try #require(zones.first { $0.zone == "DMA32" })
    #expect(zone.boost == Int64(2048) * 4096)
    #expect(zone.min == Int64(11800) * 4096)
    #expect(zone.low == Int64(14750) * 4096)
    #expect(zone.high == Int64(17700) * 4096)
  }

  @Test func `two nodes have zones of the same name and each its own level`() throws {
    let zones = ZoneHealth.all(try Fixture.snapshot("synthetic/6.1-numa-17-orders"))
    #expect(zones.map(\.name) == ["0 DMA", "0 Normal", "1 Normal"])
    #expect(zones.map(\.level) == [.ample, .belowMin, .ample])
    #expect(zones.map { $0.fragmentation?.freeBlocks.count } == [17, 17, 17])
    #expect(zones[1].protection == [0, 0, 0])
    #expect(zones[0].protection == [0, 0, 3900 * 4096])
  }

  @Test func `before 3_9 the present pages stand for the managed ones`() throws {
    let zones = ZoneHealth.all(try Fixture.snapshot("synthetic/2.6.32-slab-swap"))
    #expect(zones.map { ($0.managed ?? 0) / 4096 } == [3932, 833_409, 193_920] as [Int64])
    #expect(zones.map(\.level) == [.ample, .ample, .belowLow])
  }

  @Test func `pages of 64 KiB make larger zones`() throws {
    let zones = ZoneHealth.all(try Fixture.snapshot("synthetic/6.1-arm64-64k"))
    #expect(zones.map { ($0.managed ?? 0) / 65536 } == [30000, 97000] as [Int64])
  }

  @Test func `buddyinfo alone gives zones without a level`() {
    let zones = ZoneHealth.all(
      Snapshot(typed: ["proc/buddyinfo": "Node 0, zone   Normal      1      2      3 \n"]))
    #expect(zones.map(\.free) == [17 * 4096])
    #expect(zones.map(\.level) == [.unknown])
    #expect(zones[0].managed == nil)
  }
}
