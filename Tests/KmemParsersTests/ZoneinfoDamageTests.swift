import Testing

@testable import KmemParsers

@Suite struct ZoneinfoDamageTests {
  @Test(arguments: Damage.refused.map(\.name))
  func `a text without a zone is refused`(name: String) throws {
    let bytes = try #require(Damage.refused.first { $0.name == name }?.bytes)
    let error = try #require(refusal(bytes) { _ = try Zoneinfo(parsing: $0) })
    #expect(error.reason.contains("/proc/zoneinfo"))
  }

  @Test(arguments: ZoneinfoTexts.all)
  func `copying changes nothing that is read`(text: String) throws {
    let plain = Array(text.utf8)
    let expected = try Zoneinfo(parsing: plain.span)
    for copy in Damage.harmless(text) {
      let zoneinfo = try Zoneinfo(parsing: copy.bytes.span)
      #expect(zoneinfo == expected, "\(copy.name)")
    }
  }

  @Test(arguments: ZoneinfoTexts.all)
  func `lost indentation changes nothing that is read`(text: String) throws {
    let plain = Array(text.utf8)
    let lines = text.split(separator: "\n").map { $0.trimmingPrefix { $0 == " " } }
    let trimmed = Array(lines.joined(separator: "\n").utf8)
    let expected = try Zoneinfo(parsing: plain.span)
    let zoneinfo = try Zoneinfo(parsing: trimmed.span)
    #expect(zoneinfo == expected)
  }

  @Test func `a prompt before the text is remarked on and passed over`() throws {
    let bytes = Damage.withPrompt(ZoneinfoTexts.v6_18)
    let zoneinfo = try Zoneinfo(parsing: bytes.span)
    #expect(zoneinfo.zones.count == 2)
    #expect(zoneinfo.remarks.map(\.line).first == 1)
  }

  @Test func `a line cut in the middle of a name costs only that line`() throws {
    let bytes = Array("Node 0, zone Normal\n  pages free 5\n      min 1\n    nr_fre".utf8)
    let zoneinfo = try Zoneinfo(parsing: bytes.span)
    #expect(zoneinfo.zones.first?.free == 5)
    #expect(zoneinfo.zones.first?.min == 1)
    #expect(zoneinfo.remarks == [Remark(line: 4, reason: "nr_fre has no value")])
  }

  @Test func `an amount no kernel of today prints doesn't hide those after it`() throws {
    let text = ZoneinfoTexts.v6_12.replacing(
      "        spanned ", with: "        novel    8\n        spanned ")
    let bytes = Array(text.utf8)
    let zone = try #require(try Zoneinfo(parsing: bytes.span).zones.first)
    #expect(zone.spanned == 100 && zone.present == 100 && zone.managed == 90 && zone.cma == 0)
    #expect(zone.counter("novel") == 8)
    #expect(zone.counter("nr_free_pages") == 80)
  }

  @Test(arguments: ["cpu:", "cpu: x", "cpu: -1", "cpu: 18446744073709551615"])
  func `the lists of a processor without a number go to no other`(line: String) throws {
    let text = ZoneinfoTexts.v4_18.replacing("cpu: 1", with: line)
    let bytes = Array(text.utf8)
    let zoneinfo = try Zoneinfo(parsing: bytes.span)
    let zone = try #require(zoneinfo.zones.first)
    #expect(zone.pagesets.map(\.processor) == [0])
    #expect(zone.pagesets.map(\.count) == [0])
    #expect(zone.others.map(\.name) == ["node_unreclaimable", "start_pfn"])
    #expect(zoneinfo.remarks.map(\.line) == [24])
  }

  @Test func `a protection that is cut keeps the numbers that are whole`() throws {
    let bytes = Array("Node 0, zone Normal\n  pages free 5\n  protection: (0, 12, 34".utf8)
    let zoneinfo = try Zoneinfo(parsing: bytes.span)
    #expect(zoneinfo.zones.first?.protection == [0, 12])
    #expect(zoneinfo.remarks.count == 1)
  }

  @Test func `a header that is cut doesn't give its lines to the zone before`() throws {
    let bytes = Array(
      "Node 0, zone DMA\n  pages free 5\nNode 0, zo\n  pages free 6\n  nr_x 7\n".utf8)
    let zoneinfo = try Zoneinfo(parsing: bytes.span)
    #expect(zoneinfo.zones.map(\.free) == [5])
    #expect(zoneinfo.zones.first?.counters == [])
    #expect(zoneinfo.remarks.map(\.line) == [3])
  }

  @Test func `a number of more than 64 bits, one with a fraction and a word are remarked on`()
    throws
  {
    let bytes = Array(
      """
      Node 0, zone Normal
        pages free 18446744073709551616
            min 1.5
          nr_a 1
          nr_b many
          nr_c 18446744073709551611
      """.utf8)
    let zoneinfo = try Zoneinfo(parsing: bytes.span)
    let zone = try #require(zoneinfo.zones.first)
    #expect(zone.free == nil && zone.min == nil)
    #expect(
      zone.counters == [.init(name: "nr_a", value: 1), .init(name: "nr_c", value: UInt64.max - 4)])
    #expect(zoneinfo.remarks.map(\.line) == [2, 3, 5])
  }

  @Test func `of two copies in one text the first one counts`() throws {
    let text = ZoneinfoTexts.v6_1
    let both = Array((text + text.replacing("80", with: "81")).utf8)
    let zoneinfo = try Zoneinfo(parsing: both.span)
    #expect(zoneinfo.zones.map(\.free) == [80])
    #expect(zoneinfo.nodeCounters[0]?.count == 4)
    #expect(zoneinfo.remarks.count == 1)
  }

  @Test func `the sum of two lists that doesn't fit 64 bits is missing`() throws {
    let bytes = Array(
      """
      Node 0, zone Normal
        pagesets
          cpu: 0 pcp: 0
                count: 18446744073709551615
          cpu: 0 pcp: 1
                count: 1
      """.utf8)
    let zoneinfo = try Zoneinfo(parsing: bytes.span)
    #expect(zoneinfo.zones.first?.pagesets.map(\.count) == [nil])
  }

  @Test(arguments: 0..<200) func `a damaged text is read or refused`(seed: Int) {
    for text in ZoneinfoTexts.all {
      let bytes = mutated(Array(text.utf8), seed: UInt64(seed))
      let zones = (try? Zoneinfo(parsing: bytes.span))?.zones.count ?? 0
      #expect(zones <= bytes.count / 12)
    }
  }
}
