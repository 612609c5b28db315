import Testing

@testable import KmemParsers

/// What the daemons print that end programs before the kernel has to.
@Suite struct DaemonKillerTests {
  private func reports(_ text: String) -> [MemoryReport] {
    let bytes = Array(text.utf8)
    return MemoryReports(bytes.span).reports
  }

  @Test func `systemd-oomd names the group, what it held, and why`() throws {
    let text = """
      Nov 27 10:00:01 h systemd-oomd[733]: Considered 44 cgroups for killing, top candidates were:
      Nov 27 10:00:01 h systemd-oomd[733]:         Path: /user.slice/app.slice/browser-31.scope
      Nov 27 10:00:01 h systemd-oomd[733]:                 Memory Pressure Limit: 0.00%
      Nov 27 10:00:01 h systemd-oomd[733]:                 Current Memory Usage: 1.5G
      Nov 27 10:00:01 h systemd-oomd[733]:         Path: /user.slice/app.slice/small.scope
      Nov 27 10:00:01 h systemd-oomd[733]:                 Current Memory Usage: 40.0M
      Nov 27 10:00:01 h systemd-oomd[733]: Killed /user.slice/app.slice/browser-31.scope due to memory \
      pressure for /user.slice being 69.08% > 50.00% for > 20s with reclaim activity

      """
    let report = try #require(reports(text).first)
    #expect(report.trigger == .madeRoom && report.killer == .systemdOomd)
    #expect(report.endedGroup?.path == "/user.slice/app.slice/browser-31.scope")
    #expect(report.endedGroup?.kilobytes == 1_572_864)
    #expect(report.reason?.hasPrefix("memory pressure for /user.slice being 69.08%") == true)
    #expect(report.kills.isEmpty && report.cgroup == nil)
  }

  @Test func `systemd-oomd tells of swap that was full`() throws {
    let report = try #require(
      reports(
        "Killed /a.slice due to memory used (15) / total (16) and swap used (9) / total (9) being more "
          + "than 90.00%\n"
      ).first)
    #expect(report.endedGroup?.path == "/a.slice" && report.endedGroup?.kilobytes == nil)
  }

  @Test func `earlyoom names the program and what it held, once`() throws {
    let text = """
      earlyoom[812]: low memory! at or below SIGTERM limits: mem 10.00%, swap 10.00%
      earlyoom[812]: sending SIGTERM to process 31337 uid 1000 "a \\"b\\": c": badness 305, VmRSS 2816 MiB
      earlyoom[812]: sending SIGKILL to process 31337 uid 1000 "a \\"b\\": c": badness 305, VmRSS 2816 MiB
      earlyoom[812]: sending SIGTERM to process 40 "two": oom_score 900, VmRSS 16 MiB, cmdline "two -x"

      """
    let found = reports(text)
    #expect(found.map(\.killer) == [.earlyoom, .earlyoom])
    #expect(
      found.first?.kills.map(\.pid) == [31337] && found.first?.kills.first?.rss == 2816 * 1024)
    #expect(found.first?.reason == "at or below SIGTERM limits: mem 10.00%, swap 10.00%")
    #expect(found.last?.kills.first?.name == "two" && found.last?.reason == nil)
  }

  @Test(arguments: [
    "supervisor: sending SIGTERM to process 31 \"web\"", "Killed /dev/null due to",
    "Path: /usr/bin",
    "rsync: Killed /a.slice by hand",
    "earlyoom: low memory! at or below SIGTERM limits: mem 10.00%",
  ])
  func `other words are no report`(line: String) {
    #expect(reports(line + "\n").isEmpty)
  }

  @Test func `the kernel's own report behind one is a report of its own`() {
    let text = """
      earlyoom[1]: sending SIGTERM to process 4 uid 0 "x": badness 305, VmRSS 28 MiB
      [9.0] Out of memory: Killed process 5 (y) total-vm:8kB, anon-rss:3kB

      """
    #expect(reports(text).map(\.trigger) == [.madeRoom, .outOfMemory])
  }
}
