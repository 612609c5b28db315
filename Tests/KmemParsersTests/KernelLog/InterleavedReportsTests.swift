import KmemTestSupport
import Testing

@testable import KmemParsers

/// Reports that several processors print at once, and logs that are cut.
@Suite struct InterleavedReportsTests {
  private func reports(_ text: String) -> [MemoryReport] {
    let bytes = Array(text.utf8)
    return MemoryReports(bytes.span).reports
  }

  private static let failure = """
    swapper/1: page allocation failure: order:3, mode:0x820(GFP_ATOMIC), nodemask=(null)
    CPU: 1 PID: 0 Comm: swapper/1 Not tainted 6.1.90-lab #3
    Mem-Info:
    active_anon:11 inactive_anon:12 isolated_anon:0
     slab_reclaimable:901 slab_unreclaimable:2501
    Node 0 DMA32 free:4000kB min:5000kB low:6250kB high:7500kB managed:400000kB
    Node 0 DMA32: 1000*4kB (UME) 0*8kB 0*16kB 0*32kB 0*64kB = 4000kB
    70 total pagecache pages

    """

  /// The lines of several texts in turn, each with what its processor puts before it.
  private func mixed(_ texts: [(prefix: String, text: String)]) -> String {
    let parts = texts.map { part in
      part.text.split(separator: "\n").map { line in
        let bare = line.hasPrefix("[  120.") ? line.dropFirst(15) : line
        return part.prefix + bare
      }
    }
    let longest = parts.map(\.count).max() ?? 0
    return (0..<longest).flatMap { row in
      parts.compactMap { row < $0.count ? $0[row] + "\n" : nil }
    }.joined()
  }

  @Test(arguments: [
    ("[  120.1][  T310] ", "[  120.1][   C1] "),
    ("6,1,120100000,-,caller=T310;", "4,2,120100001,-,caller=C1;"),
  ])
  func `lines with their callers are read as the two reports that they are`(
    one: String, other: String
  ) throws {
    let text = mixed([(one, MemoryReportText.modern), (other, Self.failure)])
    let found = reports(text)
    #expect(found.map(\.trigger) == [.outOfMemory, .allocationFailure])
    #expect(found.first?.memory.counters["inactive_anon"] == 90000)
    #expect(found.last?.memory.counters["inactive_anon"] == 12)
    #expect(found.first?.tasks.count == 3 && found.last?.tasks.count == 0)
    #expect(found.first?.kills.count == 1 && found.last?.kills.isEmpty == true)
    #expect(found.last?.memory.zones.first?.freeBlocks.first == 1000)
  }

  @Test func `without callers the kill stays with the OOM killer, and no third report appears`() {
    let found = reports(mixed([("", MemoryReportText.modern), ("", Self.failure)]))
    #expect(found.map(\.trigger) == [.outOfMemory, .allocationFailure])
    #expect(found.first?.kills.map(\.pid) == [310] && found.first?.tasks.count == 3)
    #expect(found.first?.constraint == "CONSTRAINT_NONE" && found.last?.kills.isEmpty == true)
  }

  @Test func `a group's limit in between isn't that of a request that failed`() throws {
    let found = reports(mixed([("", MemoryReportText.cgroup), ("", Self.failure)]))
    let failure = try #require(found.first { $0.trigger == .allocationFailure })
    #expect(failure.cgroup == nil && failure.kills.isEmpty)
    #expect(found.first { $0.trigger == .outOfMemory }?.cgroup?.path == "/test")
  }

  @Test func `a zone's line into which another processor printed isn't a zone of its own`() throws {
    let text = """
      [ 9.0] Mem-Info:
      [ 9.0] Node 0 D[ 9.1] unrelated words
      [ 9.1] MA32 free:4000kB min:5000kB low:6250kB high:7500kB managed:400000kB
      [ 9.2] Node 0 DMA32 free:4000kB min:5000kB low:6250kB high:7500kB managed:400000kB
      [ 9.2] ormal: 1*4kB (U) 0*8kB = 4kB

      """
    let zones = try #require(reports(text).first).memory.zones
    #expect(zones.map(\.name) == ["DMA32"])
  }

  @Test func `a line printed in steps goes on behind another processor's`() throws {
    let text = """
      [ 6204.3] swapper/3:
      [ 6204.4] page allocation failure: order:2
      [ 6204.5]  01080020
      [ 6204.6] , mode:0x1080020(GFP_ATOMIC), nodemask=
      [ 6204.7] (null)
      [ 6204.8] Mem-Info:
      [ 6204.8] active_anon:5 inactive_anon:6

      """
    let report = try #require(reports(text).first)
    #expect(report.request.order == 2 && report.request.mask == 0x1080020)
    #expect(report.request.names == ["GFP_ATOMIC"])
  }

  @Test(arguments: [
    "Normal: 9*4kB (MR) 4*8kB (R) 1*16kB (R) 1*32kB (R) 2*64kB (R) 1*B",
    "Normal: 9*4kB (MR) 4*8kB (R) 1*16kB (R) = 900kB", "Normal: 9*4kB (MR) (UM) 4*8kB",
  ])
  func `a list of free blocks that is cut or mixed tells nothing of what isn't there`(
    line: String
  ) throws {
    let text = "Mem-Info:\nactive_anon:5\nNormal free:372kB min:984kB low:1kB high:2kB\n\(line)\n"
    let report = try #require(reports(text).first)
    #expect(report.memory.zones.first?.freeBlocks.first == 9)
    #expect(report.buddyinfo == nil && report.memory.pageSize == 4096)
  }

  @Test(arguments: [
    "[9.0] memory: usage 1048576kB, limit 1048576kB, failcnt 153",
    "[9.0] Memory cgroup stats for /kubepods/pod1: cache:32KB rss:524188KB",
    "Jan  5 02:12:02 node kernel: Task in /a/b killed as a result of limit of /a",
    "[9.0] [  28438]     0 28438  5063909   119961    1661   136409          -998 java",
    "[9.0] DMA free:519112kB boost:7216kB min:10428kB low:11228kB high:12028kB",
  ])
  func `a log that begins in the middle of a report is read from there on`(line: String) throws {
    let report = try #require(reports(line + "\n").first)
    let hasLimit = report.cgroup != nil
    #expect(hasLimit || report.tasks.count == 1 || report.memory.zones.count == 1)
  }

  @Test(arguments: [
    "[    1.0] [drm] Initialized", "[ 1234] some words", "nginx[  12]  1 2 3",
    "x [ 12] 1 13 2 3 name",
  ])
  func `numbers in brackets alone are no table of tasks`(line: String) {
    #expect(reports(line + "\n").isEmpty)
  }

  @Test func `any mixture of two reports is read, and counts no task or kill twice`() {
    var random = SeededGenerator(seed: 161)
    let texts = [MemoryReportText.modern, Self.failure, MemoryReportText.cgroup]
      .map { $0.split(separator: "\n") }
    for _ in 0..<300 {
      var places = texts.map { _ in 0 }
      var lines: [Substring] = []
      while let next = texts.indices.filter({ places[$0] < texts[$0].count })
        .randomElement(using: &random)
      {
        lines.append(texts[next][places[next]])
        places[next] += 1
      }
      // Some lines are lost, as where a console is too slow.
      lines.removeAll { _ in Int.random(in: 0..<20, using: &random) == 0 }
      let found = reports(lines.map { $0 + "\n" }.joined())
      #expect(found.reduce(0) { $0 + $1.tasks.count } <= 3)
      #expect(found.reduce(0) { $0 + $1.kills.count } <= 3)
      #expect(found.map(\.line) == found.map(\.line).sorted())
    }
  }
}
