import KmemTestSupport
import Testing

/// Parts of kernel logs as strangers paste them, through the whole program.
@Suite struct StrangersLogTests {
  private func run(_ verb: [String], _ text: String) throws -> Program.Result {
    let program = try Program()
    let file = try program.home.write("log.txt", Array(text.utf8))
    return try program.run(arguments: verb + [file], user: .whoeverTests)
  }

  private func report(_ host: String, minute: Int) -> String {
    [
      "java invoked oom-killer: gfp_mask=0x140cca(GFP_HIGHUSER_MOVABLE), order=0, oom_score_adj=0",
      "Mem-Info:",
      "active_anon:900000 inactive_anon:1000 isolated_anon:0",
      " active_file:10 inactive_file:20 isolated_file:0",
      " slab_reclaimable:2000 slab_unreclaimable:9000",
      "1000000 pages RAM",
      "Out of memory: Killed process 17 (java) total-vm:4400kB, anon-rss:3500000kB",
    ]
    .map { "Nov 22 18:\(minute):12 \(host) kernel: \($0)\n" }.joined()
  }

  @Test func `reports of two hosts in one log are never compared`() throws {
    let both = report("db1", minute: 10) + report("db2", minute: 40)
    let replay = try run(["watch", "--replay"], both)
    #expect(replay.status == 64 && replay.errors.contains("2 machines: db1, db2"))
    #expect(try run(["diff"], both).lastLine.contains("on one machine only"))
    let one = try run(["watch", "--replay", "--host", "db2"], both)
    #expect(!one.errors.contains("machines"))
  }

  @Test func `kills that lie apart are two reports, of one moment they are one`() throws {
    func kill(_ time: String, _ pid: Int, _ name: String) -> String {
      "Jul 18 08:02:\(time) pi kernel: Out of memory: Killed process \(pid) (\(name)) "
        + "total-vm:9000kB, anon-rss:8000kB, file-rss:0kB, shmem-rss:0kB\n"
    }
    let apart = try run(["show"], kill("26", 13_021, "player") + kill("46", 24_355, "graph"))
    #expect(apart.output.contains("Reports in the log  2"), "\(apart.output)")
    let near = try run(["show"], kill("26", 13_021, "player") + kill("27", 24_355, "graph"))
    #expect(!near.output.contains("Reports in the log"), "\(near.output)")
    #expect(near.output.contains("killed: graph"))
  }

  @Test func `the end of the counters below a kill tells how much memory there is`() throws {
    let shown = try run(
      ["show"],
      "Out of memory: Kill process 982 (java) score 77 or sacrifice child\n"
        + "[51.1] Free swap  = 0kB\n[51.2] 8388478 pages RAM\n[51.3] 193375 pages reserved\n"
        + "[51.4] Killed process 982 (java) total-vm:19803312kB, anon-rss:2540308kB\n")
    #expect(shown.output.contains("31.3 GiB in all"), "\(shown.output)")
    #expect(!shown.lastLine.contains("next to nothing") && shown.lastLine.contains("java 2.4 GiB"))
  }

  @Test func `a mark of code is no part of a name, and a line is told once`() throws {
    let shown = try run(
      ["show"],
      "I see it too.\n`logger invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0\nMem-Info:\n"
        + "active_anon:900000 inactive_anon:1000 isolated_anon:0\n")
    #expect(shown.output.contains("logger asked for order 0"), "\(shown.output)")
    #expect(!shown.output.contains("`") && !shown.output.contains("line 2, line 2"))
  }

  @Test func `a log with a kmemleak record beside a report on memory is shown`() throws {
    let record = """
      unreferenced object 0xffff88810a5c3c00 (size 512):
        comm "modprobe", pid 1234, jiffies 4294890000 (age 100.000s)
        backtrace:
          [<ffffffff812f3b4e>] kmalloc_trace+0x2e/0xa0
          [<ffffffffc0a01055>] leaky_init+0x55/0x1000 [leaky]

      """
    let shown = try run(["show"], record + report("db1", minute: 10))
    #expect(shown.lastLine.contains("java"), "\(shown.output)\(shown.errors)")
    #expect(shown.errors.contains("kmemcheck leaks"), "\(shown.errors)")
    let alone = try run(["show"], record)
    #expect(alone.status == 65 && alone.errors.contains("kmemcheck leaks"))
  }

  @Test func `tasks that are left of a table don't explain what programs held`() throws {
    let rest = report("db1", minute: 10).split(separator: "\n").filter { !$0.contains("Killed") }
    let row = "Nov 22 18:10:12 db1 kernel: [  301]     0   301  8000  500  90112  0  0 journald"
    let shown = try run(["show"], (rest + [row[...]]).joined(separator: "\n") + "\n")
    #expect(shown.lastLine.contains("programs held"), "\(shown.output)")
    #expect(!shown.lastLine.contains("journald"), "\(shown.lastLine)")
  }

  @Test func `rows of a table of tasks alone are a part of a log, with stamps and without`() throws
  {
    let rows = ["[   1972]     0  1972     3274      127    65536       32             0 agent"]
    let head = "[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name"
    for stamp in ["", "[4748033.861019] ", "Nov 28 10:00:00 h kernel: [4748033.861019] "] {
      for lines in [rows, [head] + rows] {
        let shown = try run(["show"], lines.map { "\(stamp)\($0)\n" }.joined())
        #expect(shown.lastLine.contains("most was held by agent 508.0 KiB"), "\(shown.errors)")
      }
    }
    let prose = try run(["show"], "[12] 0 12 is what it says\n[1] 0 2 3 4 5 6 7 x\n")
    #expect(prose.status == 65, "\(prose.output)")
  }

  @Test func `lines of two hosts that alternate are read by host`() throws {
    let lines = zip(
      report("db1", minute: 10).split(separator: "\n"),
      report("db2", minute: 10).split(separator: "\n"))
    let shown = try run(["show"], lines.map { "\($0)\n\($1)\n" }.joined())
    #expect(shown.output.contains("Reports in the log  2"), "\(shown.output)")
    #expect(!shown.output.contains("no numbers of all memory"), "\(shown.output)")
  }

  @Test func `a stack through the limit of a group tells of that limit`() throws {
    let shown = try run(
      ["show"],
      """
      kernel: systemd invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=100
      kernel: Call Trace:
      kernel:  out_of_memory.cold+0x8/0x78
      kernel:  mem_cgroup_out_of_memory+0xc2/0xd0
      kernel:  try_charge_memcg+0x416/0x600

      """)
    #expect(shown.lastLine.contains("the limit of control group (unnamed in the log)"))
  }

  @Test func `a frame with a question mark proves nothing`() throws {
    let shown = try run(
      ["show"],
      "[1.0] a invoked oom-killer: gfp_mask=0xd0, order=0\n[1.0]  ? mem_cgroup_out_of_memory+0x1/0x2\n"
    )
    #expect(shown.lastLine.contains("unknown"))
  }

  @Test func `the last report that tells something stands for a cut one`() throws {
    let shown = try run(
      ["show"],
      report("db1", minute: 10)
        + "Nov 22 19:00:00 db1 kernel: a invoked oom-killer: order=0, gfp_mask=0xd0\n")
    #expect(shown.lastLine.contains("by the one of line 1: user space"), "\(shown.lastLine)")
  }

  @Test func `files aren't said to resist where the log lacks why it was printed`() throws {
    let shown = try run(
      ["show"],
      """
      Mem-Info:
      active_anon:1000 inactive_anon:1000 isolated_anon:0
       active_file:400000 inactive_file:400000 isolated_file:0
       slab_reclaimable:2000 slab_unreclaimable:2000
      1000000 pages RAM

      """)
    #expect(!shown.lastLine.contains("could not be given back"), "\(shown.lastLine)")
  }

  @Test func `a line that a mailer broke before the killer's name is found`() throws {
    let shown = try run(
      ["show"],
      """
      May 24 07:45:12 dev kernel: [5951404.966906] Worker-31 invoked
      oom-killer: gfp_mask=0x140cca(GFP_HIGHUSER_MOVABLE|__GFP_COMP), order=0,
      oom_score_adj=0

      """)
    #expect(shown.status == 0 && shown.output.contains("out of memory"))
  }

  @Test func `what a module's kmalloc calls is a part of it`() throws {
    let found = try run(
      ["leaks"],
      """
      unreferenced object 0xffff88804b7b5640 (size 32):
        comm "softirq", pid 0, jiffies 4310614523 (age 9737.592s)
        backtrace:
          [<000000004d300c9a>] __kmalloc+0x13c/0x330
          [<00000000a1b6664e>] generic_alloc+0x21/0xe0 [core]
          [<00000000b64bc0ee>] rkmalloc+0x1a/0x20 [core]
          [<000000004b3c47cc>] normal_pff_dump+0x10/0x50 [normal_ipcp]
          [<0000000005f018ba>] normal_mgmt_du_post+0x159/0x2f0 [normal_ipcp]

      """)
    #expect(found.status == 1 && found.output.contains("1 object, 32 B: normal_pff_dump"))
  }

  @Test func `reclaimable slab is told where it is the most that lines show`() throws {
    let shown = try run(["show"], "Slab: 4126212 kB\nSReclaimable: 4096172 kB\n")
    #expect(shown.lastLine.contains("reclaimable, which is given back, holds 3.9 GiB"))
  }

  @Test(arguments: [
    "I can still observe order-0 page allocation failure messages caused by GFP_ATOMIC requests",
    "Several \"page allocation failure. order:1, mode:0x20\" messages are seen on the console",
    "there is a page allocation failure as below. Please help me to fix it",
  ]) func `prose about a failed request is no report of one`(prose: String) throws {
    let shown = try run(
      ["show"],
      "\(prose)\n[   89.794733] swapper/2: page allocation failure: order:0, mode:0x2200020\n")
    #expect(!shown.output.contains("Reports in the log"), "\(shown.output)")
    #expect(shown.output.contains("swapper/2 asked for order 0"))
  }

  @Test func `a page fault that failed accuses nobody while memory may have been left`() throws {
    let shown = try run(
      ["show"],
      """
      [Thu May 14 23:17:24 2020] python3 invoked oom-killer: gfp_mask=0x0(), order=0, oom_score_adj=0
      [Thu May 14 23:17:24 2020] Mem-Info:
      [Thu May 14 23:17:24 2020] active_anon:57988 inactive_anon:147 isolated_anon:0
                                  active_file:578569 inactive_file:1353156 isolated_file:0
                                  unevictable:4579 dirty:120 writeback:0 unstable:0
                                  slab_reclaimable:559978 slab_unreclaimable:198012

      """)
    #expect(shown.lastLine.contains("unknown: a page fault failed"), "\(shown.lastLine)")
  }

  private static let node = """
    Jul 27 09:17:38 r kernel: [1.9]  unevictable:0 dirty:0 writeback:0
    Jul 27 09:17:38 r kernel: [1.9]  slab_reclaimable:694 slab_unreclaimable:5579
    Jul 27 09:17:38 r kernel: [1.9]  mapped:307 shmem:332 pagetables:126
    Jul 27 09:17:38 r kernel: [1.9]  free:1578 free_pcp:57 free_cma:0
    Jul 27 09:17:38 r kernel: [1.9] Node 0 active_anon:2356kB inactive_anon:2140kB active_file:784kB inactive_file:680kB unevictable:0kB kernel_stack:904kB pagetables:504kB
    Jul 27 09:17:38 r kernel: [2.0] Normal free:6832kB min:4096kB low:5120kB high:6144kB active_anon:1072kB inactive_anon:3696kB active_file:0kB inactive_file:1624kB present:131072kB managed:119260kB

    """

  @Test func `lists that only the lines of nodes have make books`() throws {
    let shown = try run(["show"], Self.node)
    #expect(
      shown.lastLine.contains("the kernel: memory that no counter of the report shows held 78"),
      "\(shown.lastLine)")
  }

  @Test func `lists of one node of two make none`() throws {
    let other =
      "Jul 27 09:17:38 r kernel: [2.0] Node 1 Normal free:6832kB min:4096kB low:5120kB managed:119260kB\n"
    let shown = try run(["show"], Self.node + other)
    #expect(!shown.lastLine.contains("the kernel"), "\(shown.lastLine)")
  }

  @Test func `a table of free that can't be read hides no log`() throws {
    let shown = try run(
      ["show"],
      """
      > Output of free during OOM-situation:
      > total used free shared buffers cached
      > Mem: 8300144 910360 7389784 0 10588
      39460 -/+ buffers/cache: 860312 7439832
      > Feb 4 16:15:15 kernel: df_inode invoked oom-killer: gfp_mask=0xd0,
      order=0, oomkilladj=0

      """)
    #expect(shown.status == 0 && shown.output.contains("out of memory"), "\(shown.errors)")
  }

  @Test func `a kill beside a table of free is told`() throws {
    let shown = try run(
      ["show"],
      """
      [1.0] Out of memory: Kill process 5678 (mysqld) score 892 or sacrifice child
      $ free -h
                    total        used        free      shared  buff/cache   available
      Mem:          7.8Gi       7.6Gi       256Mi       456Mi       512Mi       234Mi
      Swap:         2.0Gi       1.9Gi       156Mi

      """)
    #expect(shown.output.contains("the OOM killer took a process"), "\(shown.output)")
  }

  @Test func `the line of a group's limit alone tells that it was reached`() throws {
    let shown = try Program().run(
      "show", "-",
      input: Array(
        "[ 6971.999289] memory: usage 1048576kB, limit 1048576kB, failcnt 38707874\n".utf8),
      user: .whoeverTests)
    #expect(shown.lastLine.contains("1.0 GiB"), "\(shown.lastLine) \(shown.errors)")
  }
}
