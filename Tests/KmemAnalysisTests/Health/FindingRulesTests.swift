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

  @Test(arguments: [
    ("MemAvailable: 800000", "MemAvailable: 40000", "only 39.1 MiB of memory is available"),
    ("SUnreclaim: 10000", "SUnreclaim: 300000", "unreclaimable slab holds 293.0 MiB"),
    (
      "SReclaimable: 20000", "PageTables: 60000 kB\nSReclaimable: 20000",
      "page tables hold 58.6 MiB"
    ),
    ("MemFree: 600000", "MemFree: 400000", "are in no class"),
    ("Active:", "SwapTotal: 100000 kB\nSwapFree: 9000 kB\nActive:", "swap is nearly full"),
    (
      "Active:", "HugePages_Free: 100\nHugepagesize: 2048 kB\nActive:",
      "are set aside as huge pages that nobody uses"
    ),
  ]) func `each threshold is met by the first amount beyond it`(
    calm: String, changed: String, words: String
  ) {
    let found = findings([:], meminfo: Self.calm.replacing(calm, with: changed))
    #expect(found.contains { $0.sentence.contains(words) }, "\(found.map(\.sentence))")
    #expect(found.allSatisfy { !$0.remedy.isEmpty })
  }

  @Test func `waiting for memory is told with its share of time`() {
    let pressure = "some avg10=43.20 avg60=9.00 avg300=2.00 total=12345\n"
    let found = findings(["proc/pressure/memory": pressure])
    #expect(found.map(\.sentence) == ["tasks waited for memory 43 % of the last 10 s"])
    #expect(found.first?.severity == .critical)
  }

  @Test func `the kernel log's kills are counted and the last is quoted`() {
    let log = """
      [  1.0] Out of memory: Killed process 12 (first) total-vm:1kB
      [  2.0] oom_reaper: reaped process 12
      [  3.0] Memory cgroup out of memory: Killed process 13 (second) total-vm:2kB

      """
    let found = findings(["var/log/dmesg": log])
    #expect(found.count == 1)
    #expect(found.first?.sentence.contains("took 2 processes") == true)
    #expect(found.first?.sentence.contains("(second)") == true)
  }

  @Test func `a page size that nothing tells is said to be assumed`() {
    let buddyinfo = "Node 0, zone   Normal      1      2      3 \n"
    let found = findings(["proc/buddyinfo": buddyinfo])
    #expect(found.contains { $0.sentence.contains("nothing here tells the page size") })
  }

  @Test func `the worst comes first`() {
    let pressure = "some avg10=12.00 avg60=9.00 avg300=2.00 total=12345\n"
    let meminfo = Self.calm.replacing("MemAvailable: 800000", with: "MemAvailable: 10000")
    let found = findings(
      ["proc/pressure/memory": pressure, "proc/buddyinfo": "Node 0, zone Normal 1 \n"],
      meminfo: meminfo)
    #expect(found.map(\.severity) == [.critical, .warning, .note])
  }
}
