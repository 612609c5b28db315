import Foundation
import KmemParsers
import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemAnalysis

/// Against `mm/vmstat.c` worked out by hand: F free pages, T free blocks, S suitable blocks.
@Suite struct FragmentationTests {
  @Test func `four orders worked out by hand`() throws {
    // F = 4 + 2·2 + 1·4 = 12, T = 7.
    let zone = try #require(Fragmentation(freeBlocks: [4, 2, 1, 0]))
    #expect(zone.freePages == 12)
    #expect((0...3).map { zone.suitableBlocks(order: $0) } == [12, 4, 1, 0])
    // (12 − 4·2)·1000/12 = 333, (12 − 1·4)·1000/12 = 666.
    #expect((0...3).map { zone.unusableIndex(order: $0) } == [0, 333, 666, 1000])
    // 1000 − (1000 + 12·1000/8)/7 = 1000 − 357.
    #expect((0...3).map { zone.externalIndex(order: $0) } == [-1000, -1000, -1000, 643])
  }

  @Test func `seventeen orders worked out by hand`() throws {
    let zone = try #require(
      Fragmentation(freeBlocks: [50, 25, 12, 6, 3, 1] + Array(repeating: 0, count: 11)))
    // F = 50 + 50 + 48 + 48 + 48 + 32 = 276, T = 97.
    #expect(zone.freePages == 276)
    #expect(zone.unusableIndex(order: 5) == 884)
    #expect(zone.unusableIndex(order: 16) == 1000)
    #expect(zone.externalIndex(order: 5) == -1000)
    // 1000 − (1000 + 276000/64)/97 and 1000 − (1000 + 276000/65536)/97.
    #expect(zone.externalIndex(order: 6) == 946)
    #expect(zone.externalIndex(order: 16) == 990)
  }

  @Test func `one block of the highest order serves all requests`() throws {
    let zone = try #require(Fragmentation(freeBlocks: Array(repeating: 0, count: 16) + [1]))
    #expect(zone.freePages == 65536)
    #expect((0...16).allSatisfy { zone.unusableIndex(order: $0) == 0 })
    #expect((0...16).allSatisfy { zone.externalIndex(order: $0) == -1000 })
  }

  @Test func `a zone without free memory can't serve anything, for lack of memory`() throws {
    let zone = try #require(Fragmentation(freeBlocks: [0, 0, 0]))
    #expect(zone.unusableIndex(order: 0) == 1000)
    #expect(zone.externalIndex(order: 2) == 0)
  }

  @Test func `counts that no machine can have have no index`() {
    #expect(Fragmentation(freeBlocks: [.max]) == nil)
    #expect(Fragmentation(freeBlocks: [0, 1 << 51]) == nil)
    #expect(Fragmentation(freeBlocks: Array(repeating: 1, count: 64)) == nil)
    #expect(Fragmentation(freeBlocks: [1 << 51, 1 << 50]) == nil)
  }

  @Test func `an order beyond those printed is served by nothing`() throws {
    let zone = try #require(Fragmentation(freeBlocks: [8]))
    #expect(zone.suitableBlocks(order: 3) == 0)
    #expect(zone.unusableIndex(order: 3) == 1000)
  }

  static let live = "/sys/kernel/debug/extfrag/unusable_index"

  @Test(
    .enabled(
      if: FileManager.default.isReadableFile(atPath: live),
      "needs debugfs, root and CONFIG_COMPACTION"))
  func `the running kernel computes the same indices`() throws {
    let printed = String(
      decoding: try #require(FileManager.default.contents(atPath: Self.live)), as: UTF8.self)
    let buddy = try #require(FileManager.default.contents(atPath: "/proc/buddyinfo"))
    let zones = ZoneHealth.all(
      Snapshot(typed: ["proc/buddyinfo": String(decoding: buddy, as: UTF8.self)]))
    for line in printed.split(separator: "\n") {
      let words = line.split(separator: " ")
      let zone = try #require(zones.first { $0.zone == words[3] && words[1] == "\($0.node)," })
      for (order, word) in words.dropFirst(4).enumerated() {
        let index = try #require(zone.fragmentation).unusableIndex(order: order)
        let expected = try #require(Double(word)) * 1000
        // Memory is allocated between the two reads.
        #expect(abs(Double(index) - expected) <= 30, "\(zone.name), order \(order)")
      }
    }
  }
}
