import KmemAnalysis
import KmemParsers
import Testing

@testable import KmemReport

/// Sentences of reports as mails, browsers and old kernels have them.
@Suite struct PastedShortageTests {
  private func sentences(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    return MemoryReports(bytes.span).reports.map { Shortage($0, origin: "log").sentence }
  }

  private func sentence(_ text: String) -> String { sentences(text).last ?? "" }

  @Test func `lines that a mail program broke are read as one, on each of two hosts`() {
    let texts = [
      "vmalloc \nerror: size 0, page order 9, failed",
      "vmalloc error: size 0, \npage order 9, failed",
    ]
    for text in texts {
      let found = sentences(
        """
        May  4 12:31:29 first kernel: [  512.186697] java invoked oom-killer: \n\
        gfp_mask=0x100cca(GFP_HIGHUSER_MOVABLE), order=0, oom_score_adj=0
        May  4 12:31:30 first kernel: [  513.186697] Out of memory: Killed \n\
        process 310 (java) total-vm:5600000kB, anon-rss:4000kB
        May  5 10:51:34 second kernel: [   12.186697] crawl_4523_7997: \(text) to \n\
        allocate pages, mode:0xcc2(GFP_KERNEL|__GFP_HIGHMEM), nodemask=(null)
        May  5 10:51:34 second kernel: Call Trace:

        """)
      #expect(found.count == 2, "\(found)")
      #expect(found.last?.hasPrefix("vmalloc found no huge pages (order 9") == true, "\(found)")
    }
  }

  @Test func `a line below that was not broken off is another's`() {
    let text = sentence(
      """
      [  512.186697] Memory cgroup out of memory: Killed process 9 (a) total-vm:1kB
      java is what my colleague runs, and I wonder why that was killed at all
      """)
    #expect(text.hasPrefix("the limit of control group (unnamed in the log)"), "\(text)")
  }

  @Test func `lines that a browser joined are told apart by their stamps`() {
    let text = sentence(
      "[193038.106468] Task in /docker/0f2b killed as a result of limit of /docker/0f2b"
        + "[193038.106478] memory: usage 524288kB, limit 524288kB, failcnt 77"
        + "[193038.106494] [ pid ] uid tgid total_vm rss pgtables_bytes swapents oom_score_adj name"
        + "[193038.106571] [27281] 0 27281 1153302 134371 1466368 0 0 java"
        + "[193038.106574] Memory cgroup out of memory: Kill process 27281 (java) score 1027 or")
    #expect(
      text.hasPrefix("the limit of control group /docker/0f2b: 512.0 MiB of 512.0 MiB used"),
      "\(text)")
    #expect(text.contains("largest program java 524.9 MiB"), "\(text)")
  }

  @Test func `a line of very many stamps is read in one go`() {
    let stamps = (0..<40_000).map { "[  120.\(100_000 + $0)] x" }.joined()
    #expect(sentences(stamps).isEmpty)
    #expect(sentences(stamps + "[  121.100000] Out of memory: Killed process 9 (a)").count == 1)
  }

  @Test func `what is counted as kept for interrupts is named, alone or beside who held most`() {
    let zone = """
      a invoked oom-killer: gfp_mask=0x100cca(GFP_HIGHUSER_MOVABLE), order=0
      Node 0 Normal free:1482936kB boost:0kB min:410416kB low:739404kB high:1068392kB \
      reserved_highatomic:1073152KB
      """
    let quoted = sentence(zone + " ...\nNode 0 Normal: 1292*4kB (ME) 370234*4kB = 1482936kB\n")
    #expect(quoted.hasPrefix("1.0 GiB of free memory was counted as kept for interrupts"))
    let whole = sentence(
      zone + """
         active_anon:900000kB inactive_anon:98000000kB present:107374182kB managed:107374182kB
        active_anon:225000 inactive_anon:24500000 active_file:9 inactive_file:9 slab_unreclaimable:9
        free:370734 shmem:0

        """)
    #expect(whole.hasPrefix("user space: programs held 94.3 GiB"), "\(whole)")
    #expect(whole.contains("; 1.0 GiB of free memory was counted as kept"), "\(whole)")
  }

  @Test func `a kill beside a zone below the last attempt's watermark is fragmentation`() {
    func killed(_ free: Int) -> String {
      sentence(
        """
        fork invoked oom-killer: gfp_mask=0x27000c0(GFP_KERNEL_ACCOUNT|__GFP_NOTRACK), order=2
        Mem-Info:
        active_anon:27060 inactive_anon:2093 active_file:206123 inactive_file:85224 free:4649 slab_unreclaimable:9
        Node 0 DMA free:\(free)kB min:44kB low:52kB high:64kB active_anon:0kB managed:15904kB
        lowmem_reserve[]: 0 1714 1714 1714
        Node 0 DMA32 free:11672kB min:5172kB low:6464kB high:7756kB active_anon:107084kB managed:1759460kB
        lowmem_reserve[]: 0 0 0 0
        Node 0 DMA: 70*4kB (UME) 16*8kB (UME) 0*16kB 203*32kB (ME) = 6904kB
        Node 0 DMA32: 2372*4kB (UME) 290*8kB (UM) 3*16kB (U) 0*32kB = 11856kB
        293543 total pagecache pages

        """)
    }
    #expect(killed(6924).hasPrefix("fragmentation: "), "\(killed(6924))")
    // Beyond that watermark the blocks there would have been had.
    #expect(killed(6964).hasPrefix("cached files held"), "\(killed(6964))")
  }

  @Test
  func `the only zone within reach tells what is on no list, where a kernel of 32 bits is quoted`()
  {
    func quoted(_ frame: String, _ mask: String = "0x15080c0(GFP_KERNEL_ACCOUNT)") -> String {
      sentence(
        """
        > [  727.941258] kworker/u8:2 invoked oom-killer: gfp_mask=\(mask), order=1
        > [  728.029390] \(frame) (oom_kill_process) from [<c034af24>] (out_of_memory+0x140/0x368)
        > [  728.260031] DMA free:17960kB min:16384kB low:25664kB high:29760kB active_anon:3556kB \
        inactive_anon:0kB active_file:280kB inactive_file:28kB present:458752kB managed:422896kB
        > [  728.287402] lowmem_reserve[]: 0 0 579 579

        """)
    }
    let zone = "unknown who: 391.7 MiB of the 413.0 MiB in zone DMA was neither free"
    #expect(quoted("[<c034a094>]").hasPrefix(zone), "\(quoted("[<c034a094>]"))")
    // On 64 bits the zone that is missing may be Normal, which the request could have used.
    #expect(quoted("[<ffffffffc034a094>]").hasPrefix("unknown: "))
    #expect(quoted("[<c034a094>]", "0x14200ca(GFP_HIGHUSER_MOVABLE)").hasPrefix("unknown: "))
  }

  @Test func `an area that was asked for while the kernel booted lacked no memory`() {
    let text = sentence(
      """
      [    0.546120][    T0] swapper: vmalloc error: size 7864320, vm_struct allocation failed, mode:0xdc0(GFP_KERNEL)
      [    0.558622][    T0] Mem-Info:
      [    0.559039][    T0] active_anon:0 inactive_anon:0 isolated_anon:0
      [    0.559039][    T0]  free:119971 free_pcp:0 free_cma:0
      [    0.572172][    T0] Node 0 Normal free:479884kB boost:0kB min:0kB low:0kB high:0kB managed:479984kB
      [    0.582377][    T0] Node 0 Normal: 1*4kB (UM) 0*8kB 0*16kB 0*32kB 0*64kB 0*128kB 0*256kB = 479884kB
      """)
    #expect(text.contains("while the kernel was still booting"), "\(text)")
  }

  @Test func `of a kernel without a counter of slab it is told what is in no list`() {
    let text = sentence(
      """
      SysRq : Show Memory
      Mem-info:
      Active:820 inactive:195 dirty:0 writeback:0 unstable:0 free:819
      DMA free:1348kB min:16kB low:32kB high:48kB active:316kB inactive:0kB
      524288 pages of RAM
      5814 reserved pages

      """)
    #expect(text.contains("memory that is neither free nor on the lists"), "\(text)")
    #expect(text.contains("2.0 GiB (100 % of memory)"), "\(text)")
  }

  @Test func `pages of a 64-bit PowerPC have 64 KiB where nothing tells their size`() {
    let text = sentence(
      """
      xfs_db invoked oom-killer: gfp_mask=0x6200ca(GFP_HIGHUSER_MOVABLE), order=0
      CPU: 2 PID: 977 Comm: xfs_db Not tainted 4.18.0-139.el8.ppc64le+debug #1
      Mem-Info:
      active_anon:93769 inactive_anon:13540 isolated_anon:0
       slab_reclaimable:1543 slab_unreclaimable:8926 shmem:15 free:2756
      """)
    #expect(text == "user space: programs held 6.5 GiB", "\(text)")
  }

  @Test func `nodes that a kill names are those that counted, though no other's zones are printed`()
  {
    let policy = sentence(
      """
      [  465.878286] active_anon:218 inactive_anon:202527 active_file:5979 inactive_file:5231 unevictable:0
      [  465.878286]  slab_reclaimable:6164 slab_unreclaimable:9671 shmem:2556 free:226231 free_pcp:36
      [  465.878292] Node 1 DMA32 free:34068kB min:32016kB low:40020kB high:48024kB managed:866920kB
      [  465.878439] oom-kill:constraint=CONSTRAINT_MEMORY_POLICY,nodemask=1,cpuset=/,mems_allowed=0-1,global_oom,\
      task_memcg=/,task=main,pid=1733,uid=0

      """)
    #expect(
      policy.hasPrefix("850.4 MiB was free on nodes that this request could not use"), "\(policy)")
    #expect(policy.contains("it was bound to node 1"), "\(policy)")
    let alone = sentence(
      """
      oom-kill:constraint=CONSTRAINT_CPUSET,nodemask=(null),cpuset=emulator,mems_allowed=0,global_oom,task=qemu
      Out of memory: Killed process 886679 (qemu-system-x86) total-vm:19254864kB, anon-rss:16477484kB

      """)
    #expect(
      alone.contains("; only node 0 counted, by a cpuset or a policy; of those killed"), "\(alone)")
  }

  @Test func `a node with nothing but movable pages gives none to requests that can't be moved`() {
    func killed(_ mask: String) -> String {
      sentence(
        """
        runc:[2:INIT] invoked oom-killer: gfp_mask=\(mask), order=0, oom_score_adj=0
        Mem-Info:
        active_anon:392832 inactive_anon:182 active_file:68130 inactive_file:151527 unevictable:2701
         slab_unreclaimable:116300 shmem:735 free:159849484
        Node 4 Movable free:130021408kB min:9140kB low:139160kB high:269180kB managed:130023424kB
        lowmem_reserve[]: 0 0 0 0 0
        Node 4 Movable: 32505352*4kB (M) = 130021408kB
        oom-kill:constraint=CONSTRAINT_CPUSET,nodemask=(null),cpuset=docker,mems_allowed=4,global_oom,task=a,pid=4
        """)
    }
    let unmovable = killed("0x500cc2(GFP_HIGHUSER|__GFP_ACCOUNT)")
    #expect(unmovable.hasPrefix("124.0 GiB was free on node 4"), "\(unmovable)")
    #expect(unmovable.contains("all of it in zone Movable"), "\(unmovable)")
    let movable = killed("0x100cca(GFP_HIGHUSER_MOVABLE)")
    #expect(!movable.contains("zone Movable"), "\(movable)")
  }

  @Test func `zones with less than lists and free pages come to are not all that there are`() {
    let text = sentence(
      """
      a invoked oom-killer: gfp_mask=0x100cca(GFP_HIGHUSER_MOVABLE), order=0
      Mem-Info:
      active_anon:218 inactive_anon:202527 active_file:5979 inactive_file:5231 slab_unreclaimable:9 free:226231
      Node 1 DMA32 free:34068kB min:32016kB low:40020kB high:48024kB managed:866920kB
      """)
    #expect(!text.contains("% of memory"), "\(text)")
  }

  @Test func `of several that were killed the one that held most is named`() {
    let text = sentence(
      """
      Out of memory: Killed process 11 (worker) total-vm:9kB, anon-rss:4096kB, file-rss:0kB
      Out of memory: Killed process 12 (cache) total-vm:9kB, anon-rss:6144kB, file-rss:2048kB
      Out of memory: Killed process 13 (worker) total-vm:9kB, anon-rss:4096kB, file-rss:0kB

      """)
    #expect(text.hasSuffix("; of those killed, most was held by cache 8.0 MiB"), "\(text)")
  }

  @Test func `the kernel's summary alone tells that the machine was short, and whom it picked`() {
    let summary = "[  465.470877] oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,"
    let text = sentence(summary + "global_oom,task_memcg=/a.scope,task=big, one,pid=71,uid=1000\n")
    #expect(text.hasPrefix("unknown: "), "\(text)")
    #expect(text.contains("; the machine as a whole was short, no limit of a control group"))
    #expect(text.hasSuffix("; the kernel picked big, one (71) of control group /a.scope"))
    // A cpuset's memory is not the machine's.
    let bound = "[  1.470877] oom-kill:constraint=CONSTRAINT_CPUSET,cpuset=a,global_oom"
    let other = sentence(bound + ",task_memcg=/,task=b,pid=7,uid=0\n")
    #expect(!other.contains("as a whole was short"), "\(other)")
  }

  @Test func `where the log ends in the list of tasks others may hold more`() {
    func limited(_ rest: String) -> String {
      sentence(
        """
        memory: usage 51200kB, limit 51200kB, failcnt 73
        [  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name
        [   9941]     0  9941      255        2    32768        0          -998 sleep
        \(rest)
        """)
    }
    #expect(limited("").contains("the log ends in the list of tasks, so others may hold more"))
    #expect(limited("").contains("largest of the 1 listed is sleep 8.0 KiB"), "\(limited(""))")
    let kill = "Memory cgroup out of memory: Killed process 9941 (sleep) anon-rss:8kB\n"
    #expect(limited(kill).contains("; largest program sleep 8.0 KiB"), "\(limited(kill))")
    let held = sentence(
      """
      Memory cgroup stats for /a: cache:0KB rss:60000KB shmem:0KB
      [  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name
      [   9941]     0  9941    25500    12500    32768        0             0 big

      """)
    #expect(held.contains("; largest program big 48.8 MiB"), "\(held)")
    let panic = limited("Kernel panic - not syncing: Out of memory and no killable processes...\n")
    #expect(!panic.contains("the log ends"), "\(panic)")
    let all = limited("[   9942]     0  9942    25500    12500    32768        0     0 big\n")
    #expect(all.contains("; largest program big 48.8 MiB"), "\(all)")
  }
}
