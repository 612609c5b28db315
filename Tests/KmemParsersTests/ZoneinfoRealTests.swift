import Testing

@testable import KmemParsers

/// Whether what is read from real files agrees with the files, and with each other.
@Suite struct ZoneinfoRealTests {
  @Test(.enabled(if: Corpus.isThere, "KMEMCHECK_CORPUS names no directory of real files"))
  func `every line of every real file is read`() throws {
    let files = Corpus.files(named: "zoneinfo")
    #expect(files.count >= 18)
    for file in files { try compare(file) }
  }

  @Test(
    .enabled(
      if: KernelFile("/proc/zoneinfo") != nil, "/proc/zoneinfo can't be read on this machine"))
  func `every line of the running kernel's file is read`() throws {
    try compare(try #require(KernelFile("/proc/zoneinfo")))
  }

  /// Both leave out per-CPU lists, so they meet but for what came and went between the two reads.
  @Test(
    .enabled(
      if: KernelFile("/proc/buddyinfo") != nil && KernelFile("/proc/zoneinfo") != nil,
      "/proc/buddyinfo or /proc/zoneinfo can't be read on this machine"))
  func `free pages of the zones meet the blocks of buddyinfo`() throws {
    var gap = UInt64.max
    for _ in 0..<20 where gap > 16_384 { gap = min(gap, try gapNow()) }
    #expect(gap <= 16_384)
  }

  private func gapNow() throws -> UInt64 {
    let blocks = try #require(KernelFile("/proc/buddyinfo"))
    let zones = try #require(KernelFile("/proc/zoneinfo"))
    let buddyinfo = try Buddyinfo(parsing: blocks.bytes.span)
    let zoneinfo = try Zoneinfo(parsing: zones.bytes.span)
    let inBlocks = buddyinfo.rows.reduce(0) { $0 + ($1.freePages ?? 0) }
    let inZones = zoneinfo.zones.reduce(0) { $0 + ($1.free ?? 0) }
    #expect(inZones > 0)
    return inBlocks > inZones ? inBlocks - inZones : inZones - inBlocks
  }

  /// Compares with what a plain split of the text into words finds.
  private func compare(_ file: KernelFile) throws {
    let zoneinfo = try Zoneinfo(parsing: file.bytes.span)
    let zones = zoneinfo.zones
    let words = file.lines.map { $0.split(whereSeparator: \.isWhitespace) }
    #expect(zoneinfo.remarks == [], "\(file)")
    #expect(zones.count == words.count { $0.first == "Node" }, "\(file)")
    let free = words.compactMap { $0.prefix(2) == ["pages", "free"] ? UInt64($0[2]) : nil }
    #expect(zones.map(\.free) == free, "\(file)")
    let processors = words.count { $0.first == "cpu:" && $0.last != "1" || $0 == ["cpu:", "1"] }
    #expect(zones.reduce(0) { $0 + $1.pagesets.count } == processors, "\(file)")
    let isCounter = { (word: Substring) in word.contains("_") && !word.hasSuffix(":") }
    let counters = words.count {
      $0.count == 2 && isCounter($0[0]) || $0.count == 1 && $0[0].allSatisfy(\.isNumber)
    }
    let found =
      zones.reduce(0) { $0 + $1.counters.count }
      + zoneinfo.nodeCounters.values.reduce(0) { $0 + $1.count }
      + zones.reduce(0) { $0 + ($1.counter("node_scanned") == nil ? 0 : 1) }
    #expect(found == counters, "\(file)")
    for zone in zones where zone.isPopulated {
      #expect(zone.protection.count >= 2, "\(file)")
      #expect((zone.managed ?? 0) <= zone.present ?? 0, "\(file)")
      #expect((zone.present ?? 0) <= zone.spanned ?? 0, "\(file)")
      #expect((zone.min ?? 0) <= zone.high ?? 0, "\(file)")
    }
  }
}
