import KmemAnalysis
import KmemParsers
import Testing

@testable import KmemReport

/// The sentence of a report in a kernel log, and what stands around it.
@Suite struct ShortageWordsTests {
  private func shortages(_ text: String) -> [Shortage] {
    let bytes = Array(text.utf8)
    return MemoryReports(bytes.span).reports.map { Shortage($0, origin: "log") }
  }

  private func sentence(_ text: String) -> String { shortages(text).last?.sentence ?? "" }

  /// An excerpt as a thread had it: no zones, no sum of all memory.
  private static let excerpt = """
    [10.0] a invoked oom-killer: gfp_mask=0x40cc0(GFP_KERNEL|__GFP_COMP), order=1, oom_score_adj=0
    [10.0] Mem-Info:
    [10.0] active_anon:60000 inactive_anon:109000 isolated_anon:0
                      slab_reclaimable:34000 slab_unreclaimable:786432
    [10.0] Unreclaimable slab info:
    [10.0] Name                      Used          Total
    [10.0] kmemleak_object      2449344KB    2449344KB
    [10.0] Out of memory: Killed process 541 (b) total-vm:4400kB

    """

  @Test func `a debugging tool is named with the slab that it fills`() {
    #expect(
      sentence(Self.excerpt)
        == "kernel debugging itself: unreclaimable slab held 3.0 GiB, most of it kmemleak_object "
        + "with 2.3 GiB, the tool's own records and no leak")
  }

  @Test func `programs are named with what they held, and swap`() {
    let text = """
      a invoked oom-killer: gfp_mask=0x100cca(GFP_HIGHUSER_MOVABLE), order=0
      Mem-Info:
      active_anon:900 inactive_anon:90000 active_file:1 inactive_file:2 free:100 slab_unreclaimable:9
      Node 0 Normal free:400kB min:500kB low:600kB high:700kB managed:400000kB
      Node 0 Normal: 100*4kB (U) 0*8kB = 400kB
      10 total pagecache pages
      Free swap  = 100kB
      Total swap = 102400kB
      [ pid ]   uid  tgid total_vm      rss nr_ptes swapents oom_score_adj name
      [   7]     0     7     4868    51200      13       0            0 java
      [   8]     0     8     4868    25600      13       0            0 java
      [   9]     0     9     4868       10      13       0            0 sh

      """
    #expect(
      sentence(text)
        == "user space: programs held 355.1 MiB (91 % of memory), most of it java (2 processes) "
        + "300.0 MiB; swap of 100.0 MiB was full")
  }

  @Test func `a control group is named with its limit, and the machine is cleared`() {
    let text = """
      memory: usage 51200kB, limit 51200kB, failcnt 73
      Memory cgroup out of memory: Killed process 3 (dd) total-vm:8484kB, anon-rss:1052kB

      """
    let head =
      "dd invoked oom-killer: gfp_mask=0xd0, order=0\nTask in /a killed as a result of limit of /a\n"
    #expect(
      sentence(head + text)
        == "the limit of control group /a: 50.0 MiB of 50.0 MiB used; largest program dd 1.0 MiB; "
        + "the machine as a whole was not short")
  }

  @Test func `a kill without a report says that the log lacks the numbers`() {
    #expect(
      sentence("Killed process 3 (dd) total-vm:8484kB, anon-rss:2048kB\n")
        == "unknown: the log has no numbers of all memory; of the tasks listed, most was held by dd 2.0 MiB"
    )
  }

  @Test func `the text ends with the verdict of the last report, and lists all`() {
    let all = shortages(Self.excerpt + "Killed process 3 (dd)\n" + Self.excerpt)
    let text = ShortageText(all, origin: "log", style: .plain, isVerbose: false).text
    let last = text.split(separator: "\n").last ?? ""
    #expect(all.count == 2 && text.contains("Reports in the log  2, the oldest first"))
    #expect(last.hasPrefix("Verdict: kernel debugging itself") && last.hasSuffix("2 reports)"))
    #expect(text.contains("killed: b (541)"))
  }

  @Test func `names of tasks never reach the terminal as they are`() {
    let text = ShortageText(
      shortages("Killed process 3 (a\u{1B}[2J) total-vm:8kB\n"), origin: "log", style: .plain,
      isVerbose: false
    ).text
    #expect(!text.contains("\u{1B}"))
  }
}
