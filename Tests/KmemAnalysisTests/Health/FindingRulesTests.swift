import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemAnalysis

/// What stands out of one moment, and what doesn't.
struct FindingRulesTests {
  private static let calm = """
    MemTotal: 1000000 kB
    MemFree: 600000 kB
    MemAvailable: 800000 kB
    Active: 250000 kB
    Inactive: 100000 kB
    AnonPages: 100000 kB
    Cached: 250000 kB
    SReclaimable: 20000 kB
    SUnreclaim: 10000 kB

    """

  private func findings(_ more: [String: String], meminfo: String = calm) -> [Finding] {
    Health(Snapshot(typed: more.merging(["proc/meminfo": meminfo]) { $1 })).findings
  }

  @Test func `a calm machine has nothing that stands out`() {
    #expect(findings([:]) == [])
  }

  private typealias Share = Finding.Share

  @Test(arguments: [
    (
      "MemAvailable: 800000", "MemAvailable: 40000",
      Finding(.warning, .available(Share(bytes: 40000 << 10, part: 0.04)))
    ),
    (
      "MemAvailable: 800000", "MemAvailable: 10000",
      Finding(.critical, .available(Share(bytes: 10000 << 10, part: 0.01)))
    ),
    (
      "SUnreclaim: 10000", "SUnreclaim: 300000",
      Finding(.warning, .unreclaimableSlab(Share(bytes: 300_000 << 10, part: 0.3), largest: nil))
    ),
    (
      "SReclaimable: 20000", "PageTables: 60000 kB\nSReclaimable: 20000",
      Finding(.warning, .pageTables(Share(bytes: 60000 << 10, part: 0.06)))
    ),
    (
      "Active:", "SwapTotal: 100000 kB\nSwapFree: 9000 kB\nActive:",
      Finding(.note, .swapFull(free: 9000 << 10, total: 100_000 << 10))
    ),
  ]) func `each threshold is met by the first amount beyond it`(
    calm: String, changed: String, finding: Finding
  ) {
    let found = findings([:], meminfo: Self.calm.replacing(calm, with: changed))
    #expect(found.contains(finding), "\(found)")
  }

  @Test(arguments: [("800000", Finding.Severity.note), ("90000", .warning)])
  func `a zone below its low watermark is no alarm while reclaim has enough to take`(
    available: String, severity: Finding.Severity
  ) {
    let zoneinfo = """
      Node 0, zone   Normal
        pages free     1900
              min      500
              low      2000
              high     3000
              spanned  250000
              present  250000
              managed  250000

      """
    let meminfo = Self.calm.replacing("MemAvailable: 800000", with: "MemAvailable: \(available)")
    let found = findings(["proc/zoneinfo": zoneinfo], meminfo: meminfo).first { $0.rule == .zone }
    #expect(found?.severity == severity)
  }

  @Test func `waiting for memory is told with its share of time`() {
    let pressure = "some avg10=43.20 avg60=9.00 avg300=2.00 total=12345\n"
    #expect(findings(["proc/pressure/memory": pressure]) == [Finding(.critical, .stalled(43.2))])
  }

  @Test func `the kernel log's kills are counted and the last is kept`() {
    let log = """
      [  1.0] Out of memory: Killed process 12 (first) total-vm:1kB
      [  2.0] oom_reaper: reaped process 12
      [  3.0] Memory cgroup out of memory: Killed process 13 (second) total-vm:2kB

      """
    let last = "[  3.0] Memory cgroup out of memory: Killed process 13 (second) total-vm:2kB"
    #expect(
      findings(["var/log/dmesg": log])
        == [Finding(.warning, .kills(count: 2, last: last, path: "var/log/dmesg"))])
  }

  @Test func `a page size that nothing tells is a finding`() {
    let buddyinfo = "Node 0, zone   Normal      1      2      3 \n"
    let found = findings(["proc/buddyinfo": buddyinfo])
    #expect(found.contains(Finding(.note, .assumedPageSize)))
  }

  @Test func `the worst comes first`() {
    let pressure = "some avg10=12.00 avg60=9.00 avg300=2.00 total=12345\n"
    let meminfo = Self.calm.replacing("MemAvailable: 800000", with: "MemAvailable: 10000")
    let found = findings(
      ["proc/pressure/memory": pressure, "proc/buddyinfo": "Node 0, zone Normal 1 \n"],
      meminfo: meminfo)
    #expect(found.map(\.severity) == [.critical, .warning, .note])
    #expect(found.map(\.rule) == [.available, .stalled, .assumedPageSize])
  }
}
