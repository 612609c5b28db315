import Testing

@testable import KmemAnalysis

@Suite struct LeakBaselineTests {
  private static let before =
    LeakTexts.object("0xffff888000000100") + LeakTexts.object("0xffff888000000200")
  private static let after =
    LeakTexts.object("0xffff888000000200") + LeakTexts.object("0xffff888000000300")
    + LeakTexts.object("0xffff888000000400", frames: ["other+0x1/0x2"])

  @Test func `objects are new, still there or gone`() throws {
    let baseline = LeakTexts.baseline(Self.before, .same)
    let comparison = try #require(LeakTexts.report(Self.after, baseline: baseline).comparison)
    #expect((comparison.new, comparison.still, comparison.gone) == (2, 1, 1))
    let line = try #require(comparison.lines.first { $0.fingerprint == "leak [leaky]" })
    #expect((line.before, line.now, line.new, line.still, line.gone) == (2, 2, 1, 1, 1))
  }

  @Test func `a second object under a known fingerprint is new`() {
    let baseline = LeakTexts.baseline(LeakTexts.object("0xffff888000000100"), .same)
    let report = LeakTexts.report(Self.before, baseline: baseline)
    #expect(report.groups.first?.news?.new == 1 && report.groups.first?.news?.still == 1)
  }

  @Test func `an address used again at another time is another object`() {
    let baseline = LeakTexts.baseline(LeakTexts.object("0xffff888000000100"), .same)
    let text = LeakTexts.object("0xffff888000000100", jiffies: 4_294_999_999)
    let comparison = LeakTexts.report(text, baseline: baseline).comparison
    #expect(comparison?.new == 1 && comparison?.gone == 1)
  }

  @Test func `an object whose module was unloaded since is the same object`() {
    let baseline = LeakTexts.baseline(LeakTexts.object("0xffff888000000100"), .same)
    let text = LeakTexts.object(
      "0xffff888000000100", frames: ["kmalloc_trace_noprof+0x1/0x2", "0xffffffffc0001234"])
    let comparison = LeakTexts.report(text, baseline: baseline).comparison
    #expect(comparison?.still == 1 && comparison?.new == 0)
  }

  @Test func `after a reboot counts are compared, not addresses`() {
    let baseline = LeakTexts.baseline(Self.before, .different)
    let report = LeakTexts.report(Self.after, baseline: baseline)
    #expect(report.groups.first?.news == nil)
    #expect(report.comparison?.new == 1 && report.comparison?.still == 2)
    #expect(report.comparison?.gone == 0)
  }
}
