import Testing

@testable import KmemParsers

@Suite struct ZoneinfoTests {
  @Test(arguments: ZoneinfoTexts.all)
  func `no line of any kernel's text is remarked on`(text: String) throws {
    let zoneinfo = try read(text)
    #expect(zoneinfo.remarks == [])
    #expect(zoneinfo.zones.count == text.split(separator: "\n").count { $0.hasPrefix("Node ") })
  }

  @Test func `the hot and cold lists of early kernels are one, with the sum of their pages`() throws
  {
    let zone = try #require(try read(ZoneinfoTexts.v2_6_13).zones.first)
    #expect(zone.pagesets.count == 1)
    let pageset = try #require(zone.pagesets.first)
    #expect(pageset.count == 5)
    #expect(pageset.high == 6)
    #expect(pageset.batch == 1)
    #expect(pageset.others.map(\.name) == ["low", "numa_hit", "numa_miss"])
    #expect(pageset.others.map(\.value) == [1, 77, 0])
    #expect(zone.high == 271)
    #expect(zone.counter("start_pfn") == 196608)
  }

  @Test func `pagesets without a processor are followed by the rest of the zone`() throws {
    let zone = try #require(try read(ZoneinfoTexts.v2_6_13).zones.last)
    #expect(zone.pagesets == [])
    #expect(
      zone.others.map(\.name) == [
        "active", "inactive", "scanned", "all_unreclaimable", "prev_priority", "temp_priority",
        "start_pfn",
      ])
  }

  @Test func `each processor of 2_6_18 has its own sum`() throws {
    let zone = try #require(try read(ZoneinfoTexts.v2_6_18).zones.first)
    #expect(zone.pagesets.map(\.processor) == [0, 1])
    #expect(zone.pagesets.map(\.count) == [42, 5])
    #expect(zone.pagesets.map(\.statThreshold) == [18, 18])
    #expect(zone.counters.map(\.name) == ["nr_anon_pages", "nr_mapped", "nr_slab"])
    #expect(zone.protection == [0, 0, 0, 0])
  }

  @Test func `scanned is read with the numbers of the lists after it`() throws {
    let zone = try #require(try read(ZoneinfoTexts.v2_6_13).zones.first)
    #expect(zone.counter("scanned") == 3)
    let later = try #require(try read(ZoneinfoTexts.v2_6_24).zones.first)
    #expect(later.counter("scanned") == 0)
  }

  @Test func `statistics of the node are not the zone's`() throws {
    let zoneinfo = try read(ZoneinfoTexts.v4_8)
    let zone = try #require(zoneinfo.zones.first)
    #expect(
      zoneinfo.nodeCounters[0]?.map(\.name) == [
        "nr_inactive_anon", "nr_active_anon", "nr_vmscan_immediate_reclaim", "nr_written",
      ])
    #expect(zone.counters.map(\.name) == ["nr_free_pages", "nr_zone_inactive_anon", "nr_free_cma"])
    #expect(zone.counter("nr_inactive_anon") == nil)
    #expect(zone.counter("node_scanned") == 7)
    #expect(zone.protection == [0, 2877, 15844, 15844])
    #expect(zone.counter("node_inactive_ratio") == 11)
  }

  @Test func `the watermark high and the lists' high are told apart`() throws {
    let zone = try #require(try read(ZoneinfoTexts.v4_18).zones.first)
    #expect(zone.high == 49)
    #expect(zone.pagesets.map(\.high) == [0, 18])
  }

  @Test func `a statistic without a name is kept without one`() throws {
    let zoneinfo = try read(ZoneinfoTexts.v4_18)
    #expect(zoneinfo.nodeCounters[0]?.last == .init(name: "", value: 537792))
    #expect(zoneinfo.nodeCounters[1]?.last == .init(name: "", value: 7))
  }

  @Test func `each node has its statistics and zones of the same name stay apart`() throws {
    let zoneinfo = try read(ZoneinfoTexts.v4_18)
    #expect(zoneinfo.zones.map(\.node) == [0, 0, 1])
    #expect(zoneinfo.nodeCounters[1]?.first?.value == 4)
    #expect(zoneinfo.zones.last?.counters.map(\.value) == [100, 4, 2])
  }

  @Test func `a zone without memory is read from its short form`() throws {
    let zone = try #require(try read(ZoneinfoTexts.v4_18).zones.dropFirst().first)
    #expect(!zone.isPopulated)
    #expect(zone.managed == 0)
    #expect(zone.protection == [0, 0, 0])
    #expect(zone.counters == [] && zone.pagesets == [] && zone.others == [])
  }

  @Test func `a negative protection is held as the kernel's unsigned format would print it`() throws
  {
    let zone = try #require(try read(ZoneinfoTexts.v4_4).zones.first)
    #expect(zone.protection == [0, UInt64.max - 2, 2877, 2877])
  }

  @Test func `amounts that a kernel doesn't print are missing, not zero`() throws {
    let old = try #require(try read(ZoneinfoTexts.v2_6_24).zones.first)
    #expect(old.managed == nil && old.cma == nil && old.boost == nil && old.promo == nil)
    let new = try #require(try read(ZoneinfoTexts.v6_18).zones.first)
    #expect(new.managed == 3840 && new.cma == 0 && new.boost == 0 && new.promo == 57)
    #expect(new.free == 3840 && new.min == 33 && new.low == 41 && new.spanned == 4095)
    #expect(new.present == 3998 && new.isPopulated)
  }

  @Test func `the bounds of a list's high and the reserve for atomic allocations are read`() throws
  {
    let zone = try #require(try read(ZoneinfoTexts.v6_18).zones.first)
    let pageset = try #require(zone.pagesets.first)
    #expect(pageset.count == 12 && pageset.high == 34 && pageset.batch == 1)
    #expect(pageset.highMin == 20 && pageset.highMax == 240 && pageset.statThreshold == 4)
    #expect(pageset.others == [])
    #expect(zone.counter("reserved_highatomic") == 512)
    #expect(zone.counter("free_highatomic") == 100)
  }
}

extension ZoneinfoTests {
  func read(_ text: String) throws(ParseError) -> Zoneinfo {
    let bytes = Array(text.utf8)
    return try Zoneinfo(parsing: bytes.span)
  }
}
