import Testing

@testable import KmemParsers

/// What Android's killers print, who are none of the kernel's own.
@Suite struct AndroidKillerTests {
  private func reports(_ text: String) -> [MemoryReport] {
    let bytes = Array(text.utf8)
    return MemoryReports(bytes.span).reports
  }

  @Test func `the driver's lines name who was ended, what it held, and why`() throws {
    let text = """
      <6>[52794.9] lowmemorykiller: Killing 'Finalizer D' (17589), adj 904,
      <6>[52794.9]    to free 53160kB on behalf of 'kworker/3:4' (18339) because
      <6>[52794.9]    cache 199320kB is below limit 221184kB for oom_score_adj 900
      <6>[52794.9]    Free memory is 24024kB above reserved.
      <6>[52795.2] lowmemorykiller: Killing 'b' (17600), adj 900,

      """
    let found = reports(text)
    #expect(found.map(\.trigger) == [.madeRoom, .madeRoom])
    let kill = try #require(found.first?.kills.first)
    #expect(kill.pid == 17589 && kill.name == "Finalizer D" && kill.rss == 53160)
    #expect(found.first?.reason == "cache 199320kB is below limit 221184kB")
    #expect(found.last?.kills.first?.rss == nil && found.last?.reason == nil)
  }

  @Test func `the daemon's line has it all`() throws {
    let text = """
      03-01 10:00:00.1   480   480 I lmkd    : Kill 'com.a.b' (1234), uid 10123, oom_score_adj 900 \
      to free 123456kB rss, 2345kB swap; reason: low watermark is breached and swap is low
      """
    let report = try #require(reports(text + "\n").first)
    #expect(report.kills.first?.name == "com.a.b" && report.kills.first?.rss == 123456)
    #expect(report.reason == "low watermark is breached and swap is low")
  }

  @Test func `the oldest driver names a process and its pages`() throws {
    let report = try #require(
      reports("[9.0] lowmemorykiller: send sigkill to 88 (a b), adj 15, size 4321\n").first)
    #expect(report.kills.first?.pid == 88 && report.kills.first?.name == "a b")
    #expect(report.kills.first?.rss == nil)
  }

  @Test func `a kill by the kernel's own killer isn't Android's`() {
    let found = reports("[9.0] Out of memory: Killed process 5 (lmkd) total-vm:8kB, anon-rss:3kB\n")
    #expect(found.map(\.trigger) == [.outOfMemory] && found.first?.kills.first?.name == "lmkd")
  }

  @Test(arguments: [
    "init: starting service 'lmkd'...", "lmkd: Using psi monitors for memory pressure detection",
    "lowmemorykiller: lowmem_shrink: convert oom_adj to oom_score_adj:",
  ])
  func `other words of theirs are no report`(line: String) {
    #expect(reports(line + "\n").isEmpty)
  }
}
