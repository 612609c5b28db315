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

  @Test func `nohang names the program, what it held, and why, once for two signals`() throws {
    func act(_ signal: String) -> String {
      """
      2026-08-10 16:53:26,460: Memory status that requires corrective actions:
        MemAvailable [390 MiB, 5.1 %] <= soft_threshold_min_mem [384 MiB, 5.0 %]
        SwapFree [104 MiB, 5.1 %] <= soft_threshold_min_swap [205 MiB, 10.0 %]
      2026-08-10 16:53:26,463:   Name                PID badness
      2026-08-10 16:53:26,463:   databased        903309     849
      2026-08-10 16:53:26,463: TOP printed in 1ms; process with highest badness:
        PID: 903309, name: databased, badness: 849
      2026-08-10 16:53:26,463: Recheck memory levels...
        MemAvailable [383 MiB, 5.0 %] <= soft_threshold_min_mem [384 MiB, 5.0 %]
        PSI avg value (92.97) >= soft_threshold_max_psi (90.0)
        PID:       903309, name: databased, state: S, EUID: 27, SID: 1 (init), lifetime: 2 h
        Vm, MiB:   Size: 19880, RSS: 10432 (Anon: 10427, File: 5, Shmem: 0), Swap: 9
      2026-08-10 16:53:26,470: Implementing a corrective action:
        Sending \(signal) to the victim
      2026-08-10 16:53:26,471: OK; total response time: 11ms
        [ OK ] Sending \(signal) to databased: 1

      """
    }
    let found = reports(act("SIGTERM") + act("SIGKILL"))
    let report = try #require(found.first)
    #expect(found.count == 1 && report.trigger == .madeRoom && report.killer == .nohang)
    #expect(report.kills.map(\.pid) == [903_309] && report.kills.first?.name == "databased")
    #expect(report.kills.first?.rss == 10432 * 1024)
    #expect(
      report.reason
        == "MemAvailable [383 MiB, 5.0 %] <= soft_threshold_min_mem [384 MiB, 5.0 %], "
        + "PSI avg value (92.97) >= soft_threshold_max_psi (90.0)")
  }

  @Test func `nohang of old, in a journal, runs a command instead`() throws {
    let text = """
      May 26 23:02:22 box nohang[530]:   MemAvailable [0 MiB, 0.0 %] <= soft_threshold_min_mem [982 MiB]
      May 26 23:02:22 box nohang[530]:   PID: 12297, Name: a, b, badness: 727
      May 26 23:02:22 box nohang[530]: Victim VmRSS: 3268608 KiB
      May 26 23:02:22 box nohang[530]: Implement a corrective action:
      May 26 23:02:22 box nohang[530]:   Run the command: kill -TERM 12297

      """
    let report = try #require(reports(text).first)
    #expect(report.killer == .nohang && report.kills.first?.name == "a, b")
    #expect(report.kills.first?.rss == 3_268_608 && report.clock == "May 26 23:02:22")
  }

  @Test(arguments: [
    "Sending SIGTERM to the victim", "nohang[1]: Sending SIGTERM to the victim",
    "PID: 31, name: web, badness: 12", "  Run the command: make", "VmRSS:     10432 kB",
    "PSI avg value (1) >= soft_threshold_max_psi (9)",
  ])
  func `a line of nohang alone is no report`(line: String) {
    #expect(reports(line + "\n").isEmpty)
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
