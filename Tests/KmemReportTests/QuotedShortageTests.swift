import KmemAnalysis
import KmemParsers
import Testing

@testable import KmemReport

/// Sentences of reports of which parts are missing, little or mixed.
@Suite struct QuotedShortageTests {
  private func sentence(_ text: String) -> String {
    let bytes = Array(text.utf8)
    return MemoryReports(bytes.span).reports.last.map { Shortage($0, origin: "log").sentence } ?? ""
  }

  @Test func `a little free CMA explains a request that failed, and no kill for what slab holds`() {
    let memory = """
      Mem-Info:
      active_anon:3659 inactive_anon:209 active_file:0 inactive_file:0 unevictable:4842 free:4837
       slab_reclaimable:46647 slab_unreclaimable:8914 mapped:974 shmem:216 pagetables:83 free_cma:4057
      Normal free:18184kB min:2012kB low:2512kB high:3016kB active_anon:13748kB inactive_anon:752kB \
      active_file:0kB inactive_file:0kB unevictable:19352kB present:311288kB managed:285200kB free_cma:16228kB

      """
    let killed = sentence("a invoked oom-killer: gfp_mask=0x2840d0, order=0\n" + memory)
    #expect(killed.hasPrefix("reclaimable slab held 182.2 MiB"), "\(killed)")
    #expect(killed.contains("15.8 MiB of free memory was CMA"), "\(killed)")
    let failed = sentence("a: page allocation failure: order:0, mode:0xd0\n" + memory)
    #expect(failed.hasPrefix("15.8 MiB of free memory was CMA"), "\(failed)")
  }

  @Test
  func
    `a kill for a few pages in one piece beside much cache is fragmentation, a few blocks or none`()
  {
    func memory(_ files: Int, _ blocks: String) -> String {
      """
      fork invoked oom-killer: gfp_mask=0x27000c0(GFP_KERNEL_ACCOUNT|__GFP_NOTRACK), order=2, oom_score_adj=0
      Mem-Info:
      active_anon:\(300_000 - files) inactive_anon:0 active_file:\(files) inactive_file:0 free:2918 slab_unreclaimable:9
      Node 0 Normal free:11672kB min:5172kB low:6464kB high:7756kB active_anon:0kB active_file:0kB managed:1759460kB
      Node 0 Normal: 2372*4kB (UME) 290*8kB (UM) \(blocks) = 11856kB

      """
    }
    for blocks in ["3*16kB (U) 0*32kB", "0*16kB 0*32kB"] {
      let text = sentence(memory(200_000, blocks))
      #expect(text.hasPrefix("fragmentation: "), "\(text)")
    }
    #expect(sentence(memory(100, "3*16kB (U) 0*32kB")).hasPrefix("user space: "))
  }

  @Test func `who held more than all memory gets no share of it: lines are missing or mixed`() {
    let text = sentence(
      """
      a invoked oom-killer: gfp_mask=0x201da, order=0
      Mem-Info:
      active_anon:900000 inactive_anon:0 active_file:9 inactive_file:9 free:10 slab_unreclaimable:9
      Node 0 DMA free:40kB min:60kB low:70kB high:80kB active_anon:15000kB inactive_anon:0kB managed:15900kB

      """)
    #expect(text == "user space: programs held 3.4 GiB", "\(text)")
  }

  @Test func `where nothing is free anywhere and the size of memory is cut, no zone is to blame`() {
    let text = sentence(
      """
      a: page allocation failure: order:0, mode:0x280da
      Mem-Info:
      active_anon:429031 inactive_anon:3737 active_file:0 inactive_file:0 free:0 slab_unreclaimable:3896
      Node 0 DMA32 free:0kB min:44652kB low:55812kB high:66976kB active_anon:1701816kB inactive_anon:14716kB

      """)
    #expect(text.hasPrefix("user space: programs held"), "\(text)")
  }

  @Test func `a group's limit that is far from met is not told as the one that was`() {
    let text = sentence(
      """
      t invoked oom-killer: gfp_mask=0xd0, order=0
      Task in /test killed as a result of limit of /test
      memory+swap: usage 206240kB, limit 1048576kB, failcnt 0
      Memory cgroup out of memory: Kill process 15462 (t) score 1000 or sacrifice child
      Killed process 15462 (t) total-vm:233384kB, anon-rss:51228kB, file-rss:384kB

      """)
    #expect(
      text.hasPrefix("the limit of control group /test") && !text.contains("1.0 GiB"), "\(text)")
  }

  @Test func `a zone that is quoted alone tells what is on no list, and not whose it is`() {
    let request =
      "k invoked oom-killer: gfp_mask=0x15080c0(GFP_KERNEL_ACCOUNT|__GFP_ZERO), order=1\n"
    func zone(anon: Int, cma: Int = 0, free: Int = 17960) -> String {
      """
      DMA free:\(free)kB min:16384kB low:25664kB high:29760kB active_anon:\(anon)kB inactive_anon:0kB \
      active_file:280kB inactive_file:28kB present:458752kB managed:422896kB free_cma:\(cma)kB
      DMA: 71*4kB (EH) 113*8kB (UH) 0*16kB = 1188kB

      """
    }
    #expect(
      sentence(request + zone(anon: 3556))
        == "unknown who: 391.7 MiB of the 413.0 MiB in zone DMA was neither free nor on the lists of programs"
        + " and files; slab, page tables, and pages of pipes, sockets and drivers are told apart by lines that"
        + " the log lacks")
    let unknown = "unknown: the log has no numbers of all memory"
    #expect(sentence(request + zone(anon: 300_000)).hasPrefix("user space: programs held"))
    #expect(sentence("Mem-Info:\n" + zone(anon: 3556)) == unknown)
    #expect(
      sentence(request + zone(anon: 300_000, cma: 90_000, free: 100_000)).contains("was CMA, which")
    )
    let huge =
      "Node 0 hugepages_total=150 hugepages_free=0 hugepages_surp=0 hugepages_size=2048kB\n"
    #expect(sentence(request + zone(anon: 3556) + huge).hasPrefix("user space: huge pages held"))
  }
}
