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

  @Test(arguments: [true, false])
  func `files of an initramfs are no cache that could have been given back`(isWhole: Bool) {
    func text(_ unevictable: Int, files: Int, mlocked: Int = 0) -> String {
      """
      [    0.5] swapper invoked oom-killer: gfp_mask=0x6200ca(GFP_HIGHUSER_MOVABLE), order=0
      [    0.5] Mem-Info:
      [    0.5] Node 0 DMA32 free:3924kB min:3928kB low:4228kB high:4528kB active_anon:0kB inactive_anon:0kB \
      active_file:0kB inactive_file:\(files)kB unevictable:\(unevictable)kB present:195956kB managed:92688kB \
      mlocked:\(mlocked)kB
      [    0.5] lowmem_reserve[]: 0 \(isWhole ? 0 : 90)
      [    0.5] 14550 total pagecache pages
      [    0.5] 49147 pages RAM
      [    0.5] 25838 pages reserved

      """
    }
    #expect(
      sentence(text(58140, files: 0))
        == "user space: files that lie in memory alone (rootfs or ramfs, as an initramfs unpacked at boot)"
        + " held 56.8 MiB (\(isWhole ? 63 : 62) % of memory)")
    #expect(sentence(text(58140, files: 0, mlocked: 58000)).contains("locked in memory (mlock)"))
    #expect(sentence(text(100, files: 58140)).hasPrefix("cached files held 56.8 MiB"))
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
        == "unknown: the log has no numbers of all memory; of those killed, most was held by dd 2.0 MiB"
    )
  }

  @Test func `the text ends with the verdict of the last report, and lists all`() {
    let all = shortages(Self.excerpt + "Killed process 3 (dd)\n" + Self.excerpt)
    let text = ShortageText(all, origin: "log", style: .plain, isVerbose: false).text
    let last = text.split(separator: "\n").last ?? ""
    #expect(all.count == 2 && text.contains("Reports in the log  2, the oldest first"))
    #expect(
      last.hasPrefix("Verdict: kernel debugging itself") && last.contains("(the last of 2 reports"))
    #expect(text.contains("killed: b (541)"))
  }

  @Test func `lone lines of zones tell whose most of those is, and a cut one is left out`() {
    let zone =
      "free:55120kB min:55468kB low:69332kB high:83200kB active_anon:160kB inactive_anon:0kB "
    let locked =
      "[58.8] Node 0 DMA32 \(zone)unevictable:2805752kB present:3129216kB managed:2898784kB mlocked:2805752kB\n"
      + "[58.8] Node 0 Normal \(zone)unevi\n"
    #expect(
      sentence(locked).contains(
        "of the 2.8 GiB of zones DMA32, programs had locked (mlock) 2.7 GiB (97 %)"))
    #expect(
      !sentence("[58.8] Node 0 DMA32 \(zone)managed:2898784kB mlocked:0kB\n").contains("of zones"))
  }

  @Test func `two reports that tell the same are one story, and another story is told too`() {
    let twice = shortages(Self.excerpt + "Killed process 3 (dd)\n" + Self.excerpt)
    #expect(ShortageStories(twice)?.words == " (the last of 2 reports, which tell the same)")
    let other = """
      [9.0] c invoked oom-killer: gfp_mask=0x100cca(GFP_HIGHUSER_MOVABLE), order=0
      [9.0] Mem-Info:
      [9.0] active_anon:900 inactive_anon:90000 active_file:1 inactive_file:2 free:100 slab_unreclaimable:9
      [9.0] 100000 pages RAM
      [9.0] Out of memory: Killed process 7 (c) total-vm:4400kB

      """
    let words = ShortageStories(shortages(other + Self.excerpt))?.words ?? ""
    #expect(words.hasPrefix(" (the last of 2 reports); by the one of line 1: user space: programs"))
    #expect(ShortageStories(shortages(Self.excerpt)) == nil)
  }

  @Test func `names of tasks never reach the terminal as they are`() {
    let text = ShortageText(
      shortages("Killed process 3 (a\u{1B}[2J) total-vm:8kB\n"), origin: "log", style: .plain,
      isVerbose: false
    ).text
    #expect(!text.contains("\u{1B}"))
  }

  @Test func `an area of vmalloc is told as asked for, and nobody is accused`() {
    let alone =
      "[1.0] java: vmalloc error: size 8388608, vm_struct allocation failed, mode:0xcc2(GFP_KERNEL)\n"
    #expect(
      sentence(alone)
        == "an area of 8.0 MiB was asked of vmalloc, and the log has no numbers of memory")
    let memory = """
      Mem-Info:
      active_anon:900 inactive_anon:900 active_file:1 inactive_file:2 free:50000 slab_unreclaimable:9
      Node 0 Normal free:200000kB min:500kB low:600kB high:700kB managed:400000kB
      Node 0 Normal: 50000*4kB (U) 0*8kB = 200000kB

      """
    #expect(
      sentence(alone + memory)
        == "an area of 8.0 MiB was asked of vmalloc, and no range of addresses was free for it: "
        + "195.3 MiB of memory was")
    #expect(
      sentence(
        "a: vmalloc: allocation failure, allocated 4096 of 1073741824 bytes, mode:0xd2, nodemask=(null)\n"
          + memory)
        == "an area of 1.0 GiB was asked of vmalloc, on a machine with 390.6 MiB: 195.3 MiB was free"
    )
  }

  @Test func `where pages of an area failed its size is what came, and huge pages are no loss`() {
    let memory = """
      Mem-Info:
      active_anon:90000 inactive_anon:900 active_file:1 inactive_file:2 free:100 slab_unreclaimable:9
      Node 0 Normal free:400kB min:500kB low:600kB high:700kB managed:400000kB
      Node 0 Normal: 100*4kB (U) 0*8kB = 400kB

      """
    let single =
      "[1.0] java: vmalloc error: size 8388608, failed to allocate pages, mode:0xcc2(GFP_KERNEL)\n"
    #expect(
      sentence(single)
        == "vmalloc got 8.0 MiB and no more pages, and the log has no numbers of memory")
    #expect(sentence(single + memory).hasPrefix("user space: programs held"))
    let huge =
      "[1.0] crawl: vmalloc error: size 0, page order 9, failed to allocate pages, mode:0xcc2(GFP_KERNEL)\n"
    for text in [huge, huge + memory] {
      #expect(
        sentence(text)
          == "vmalloc found no huge pages (order 9, 2.0 MiB in one piece) after 0 B, and takes single pages"
          + " then: nothing failed by this line")
    }
  }

  @Test func `an area of no bytes is no lack of memory, however little is free`() {
    let line =
      "vmalloc: allocation failure: 0 bytes\nmodprobe: page allocation failure: order:0, mode:0xd0\n"
    let memory = """
      Mem-info:
      active_anon:90000 inactive_anon:900 active_file:1 inactive_file:2 free:100 slab_unreclaimable:9
      Normal free:400kB min:500kB low:600kB high:700kB present:400000kB
      Normal: 100*4kB 0*8kB = 400kB

      """
    for text in [line, line + memory] {
      #expect(
        sentence(text)
          == "an area of no bytes was asked of vmalloc, which it always refuses: memory did not lack, "
          + "whoever asked had worked out an empty size")
    }
  }

  @Test func `a CMA without room is told in pages, as its line doesn't say how large one is`() {
    #expect(
      sentence("cma: cma_alloc: linux,cma: alloc failed, req-size: 1024 pages, ret: -12\n")
        == "the CMA linux,cma had no room for 1024 pages in one piece")
    #expect(
      sentence("cma: cma_alloc: alloc failed, req-size: 1 pages, ret: -16\n")
        == "the CMA had no room for 1 page: pages in it could not be moved")
  }

  @Test func `a slab that was refused names the cache, and the group that it is of`() {
    func refused(_ mask: String, _ cache: String) -> String {
      sentence(
        "SLUB: Unable to allocate memory on node -1\(mask)\n  cache: \(cache), object size: 8\n")
    }
    let start = "unknown: the log has no numbers of all memory"
    #expect(
      refused(", gfp=0x20(GFP_ATOMIC)", "kmalloc-192")
        == start
        + "; a page for slab cache kmalloc-192 was refused, and the request could not wait for one"
    )
    #expect(
      refused(", gfp=0x14000c0(GFP_KERNEL)", "kmalloc-1k(7:c8)")
        == start
        + "; a page for slab cache kmalloc-1k was refused; the cache is a control group's, "
        + "whose limit on kernel memory may be the reason")
    #expect(sentence("SLUB: Unable to allocate memory on node -1 (gfp=0x\n") == start)
  }

  @Test func `usage of a control group without its name is a limit that was met`() {
    let text = "memory: usage 51200kB, limit 51200kB, failcnt 73\n"
    let start = "the limit of control group (unnamed in the log): 50.0 MiB of 50.0 MiB used"
    #expect(sentence(text).hasPrefix(start))
    #expect(!sentence("memory: usage 51200kB, lim\n").contains("limit of"))
  }

  @Test func `lines of others around a kill leave the verdict to the kill's report`() {
    let line = "cma: cma_alloc: alloc failed, req-size: 16 pages, ret: -12\n"
    #expect(sentence(line + Self.excerpt).hasPrefix("kernel debugging itself"))
    let all = shortages(line + Self.excerpt + line)
    let text = ShortageText(all, origin: "log", style: .plain, isVerbose: false).text
    #expect(all.count == 3 && text.contains("kernel debugging itself"))
  }
}
