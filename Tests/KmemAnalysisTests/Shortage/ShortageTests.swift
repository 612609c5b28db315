import KmemParsers
import Testing

@testable import KmemAnalysis

/// Why memory was short, by reports in kernel logs; each kind as public threads had it.
@Suite struct ShortageTests {
  @Test func `programs that hold most of memory are named as user space`() throws {
    let made = MadeReport(pages: ["active_anon": 900_000, "inactive_anon": 40_000])
    let holder = try #require(made.verdict?.cause.holder)
    #expect(made.cause == "userSpace" && holder.memoryClass == .anonymous)
    #expect(holder.bytes == 940_000 << 12 && holder.part == 0.94)
  }

  @Test func `files in tmpfs are told from programs although both are on the same lists`() throws {
    let made = MadeReport(
      pages: ["inactive_anon": 900_000, "shmem": 850_000], cachePages: 850_000)
    #expect(made.cause == "userSpace")
    #expect(made.verdict?.cause.holder?.memoryClass == .shmem)
  }

  @Test func `unreclaimable slab names its largest cache, and a listed line of source`() throws {
    let made = MadeReport(
      pages: ["active_anon": 100_000, "slab_unreclaimable": 800_000],
      tail: [
        "Unreclaimable slab info:", "Name   Used  Total", "kmalloc-2k 3000000KB 3000000KB",
        "Memory allocations:", "  3.00 GiB 1500000 mm/slub.c:9 func:alloc_slab_page",
        "  2.90 GiB 1500000 drivers/a.c:7 [a] func:leaker",
      ])
    guard case .kernel(let holder, let cache, let site) = made.verdict?.cause else {
      Issue.record("\(made.cause ?? "nothing")")
      return
    }
    #expect(holder.memoryClass == .slabUnreclaimable && cache?.name == "kmalloc-2k")
    #expect(site?.name.function == "leaker")
  }

  @Test func `the records of kmemleak are the tool's own, and no leak of the kernel`() {
    let made = MadeReport(
      pages: ["active_anon": 170_000, "slab_unreclaimable": 795_718],
      tail: ["Unreclaimable slab info:", "kmemleak_object 2449340KB 2449340KB"])
    #expect(made.cause == "debugging")
  }

  @Test func `a few records of kmemleak do not hide a leak`() {
    let made = MadeReport(
      pages: ["slab_unreclaimable": 800_000],
      tail: [
        "Unreclaimable slab info:", "kmalloc-64 2800000KB 2800000KB",
        "kmemleak_object 300000KB 300000KB",
      ])
    #expect(made.cause == "kernel")
  }

  @Test func `pages that no counter shows are the kernel's`() {
    #expect(MadeReport(pages: ["active_anon": 200_000, "free": 10_000]).cause == "kernel")
  }

  @Test func `huge pages that are set aside are named, not what is left beside them`() {
    let made = MadeReport(
      pages: ["active_anon": 10_000, "free": 10_000],
      tail: ["Node 0 hugepages_total=1800 hugepages_free=1800 hugepages_size=2048kB"])
    #expect(made.cause == "userSpace")
    #expect(made.verdict?.cause.holder?.memoryClass == .hugePages)
  }

  @Test func `a request for many pages in one piece fails by fragmentation while cache is there`() {
    var made = MadeReport(pages: ["active_file": 400_000, "free": 20_000], cachePages: 400_000)
    made.head = "sh: page allocation failure: order:4, mode:0x2040d0"
    made.zones = [
      "Node 0 Normal free:80000kB min:44000kB low:55000kB high:66000kB managed:4000000kB"
    ]
    #expect(made.cause == "fragmentation")
    // One page in one piece is never fragmentation.
    made.head = "sh: page allocation failure: order:0, mode:0x2040d0"
    #expect(made.cause != "fragmentation")
  }

  @Test func `blocks that are kept for interrupts or for the CMA don't serve a request`() {
    var made = MadeReport(pages: ["active_file": 400_000], cachePages: 400_000)
    made.head = "sh: page allocation failure: order:3, mode:0xcc0(GFP_KERNEL)"
    made.zones = [
      "Node 0 Normal free:90000kB min:44000kB low:55000kB high:66000kB managed:4000000kB"
    ]
    made.blocks = ["Node 0 Normal: 20000*4kB (UME) 0*8kB 0*16kB 300*32kB (H) 9*64kB (C) = 90176kB"]
    #expect(made.cause == "fragmentation")
    made.blocks = ["Node 0 Normal: 20000*4kB (UME) 0*8kB 0*16kB 300*32kB (UH) = 89600kB"]
    #expect(made.cause != "fragmentation")
  }

  @Test func `cut lists of free blocks don't hide that a request for many pages failed`() {
    var made = MadeReport(pages: ["active_file": 400_000, "free": 20_000], cachePages: 400_000)
    made.head = "sh: page allocation failure: order:5, mode:0xcc0(GFP_KERNEL)"
    made.zones = [
      "Node 0 Normal free:80000kB min:44000kB low:55000kB high:66000kB managed:4000000kB"
    ]
    made.blocks = ["Node 0 Normal: 8000*4kB (UME) 1000*8k"]
    #expect(made.cause == "fragmentation")
    // Blocks that are seen were there all the same.
    made.blocks = ["Node 0 Normal: 8000*4kB (UME) 0*8kB 0*16kB 0*32kB 0*64kB 90*128kB (UM) 1"]
    #expect(made.cause != "fragmentation")
  }

  @Test func `a few blocks that came back until the report was printed don't hide fragmentation`() {
    var made = MadeReport(pages: ["active_file": 170_000, "free": 20_000], cachePages: 170_000)
    made.head = "sh: page allocation failure: order:4, mode:0xcc0(GFP_KERNEL)"
    made.zones = [
      "Node 0 Normal free:80000kB min:14000kB low:25000kB high:36000kB managed:800000kB"
    ]
    made.blocks = ["Node 0 Normal: 19760*4kB (UME) 0*8kB 0*16kB 0*32kB 15*64kB (U) = 80000kB"]
    #expect(made.cause == "fragmentation")
    // The kernel kills rather than give up for smaller ones: then blocks were there.
    made.head = "sh invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=3"
    #expect(made.cause != "fragmentation")
  }

  @Test func `up to 4.3 a part of the larger blocks is kept from requests`() {
    var made = MadeReport(pages: ["active_anon": 500, "free": 258])
    made.head = "swapper: page allocation failure. order:3, mode:0x4020"
    made.zones = ["Normal free:1032kB min:508kB low:632kB high:760kB present:16256kB"]
    made.reserve = "lowmem_reserve[]: 0"
    made.blocks = ["Normal: 72*4kB 43*8kB 23*16kB 1*32kB 0*64kB = 1032kB"]
    #expect(made.cause == "fragmentation")
    made.head = "swapper: page allocation failure: order:3, mode:0x4020(GFP_ATOMIC|__GFP_COMP)"
    #expect(made.cause != "fragmentation")
  }

  @Test func `Android's killer accuses nobody, and its reason is told`() throws {
    let text = "[9.0] lowmemorykiller: Kill 'a' (7), uid 1, adj 9 to free 8kB rss; reason: x\n"
    let bytes = Array(text.utf8)
    let report = try #require(MemoryReports(bytes.span).reports.first)
    #expect(Shortage(report, origin: "log").verdict.cause == .madeRoom(reason: "x"))
  }

  @Test func `limits among the lines of a request that failed are another report's`() {
    var made = MadeReport(pages: ["active_file": 700_000], cachePages: 700_000)
    made.head = "swapper: page allocation failure: order:0, mode:0x20"
    made.zones = [
      "Node 0 Normal free:15000kB min:44000kB low:55000kB high:66000kB managed:4000000kB"
    ]
    made.tail = ["memory: usage 53824kB, limit 102400kB, failcnt 20"]
    let bytes = Array(made.text.utf8)
    let reports = MemoryReports(bytes.span).reports
    let causes = reports.map { Shortage($0, origin: "log").verdict.cause.id }
    #expect(causes == ["noWait", "cgroup"])
  }

  @Test func `free memory of the CMA is told as out of reach`() {
    var made = MadeReport(pages: ["active_anon": 900_000, "free": 50_000, "free_cma": 48_000])
    made.zones = [
      "Node 0 Normal free:200000kB min:44000kB low:55000kB high:66000kB managed:4000000kB "
        + "free_cma:190000kB"
    ]
    #expect(made.cause == "cma")
  }

  @Test func `free memory of other zones is out of reach, unless the kernel fills its own`() {
    var made = MadeReport(pages: ["active_anon": 600_000, "free": 300_000])
    made.head = "sh invoked oom-killer: gfp_mask=0xd0, order=0"
    made.zones = [
      "Normal free:3000kB min:3700kB low:4000kB high:5000kB present:800000kB managed:800000kB",
      "HighMem free:1200000kB min:500kB low:900kB high:1000kB present:3200000kB managed:3200000kB",
    ]
    made.blocks = []
    #expect(made.cause == "zones")
    made.pages["slab_unreclaimable"] = 100_000
    #expect(made.cause == "kernel" && made.verdict?.unusable != nil)
    // A program's page may lie in any zone.
    made.head = "sh invoked oom-killer: gfp_mask=0x200da, order=0"
    #expect(made.cause != "zones")
  }

  @Test func `a request that can't wait fails while much could be given back`() {
    var made = MadeReport(pages: ["active_file": 700_000], cachePages: 700_000)
    made.head = "swapper: page allocation failure: order:0, mode:0x20"
    made.zones = [
      "Node 0 Normal free:15000kB min:44000kB low:55000kB high:66000kB managed:4000000kB"
    ]
    #expect(made.cause == "noWait")
    made.zones = []
    made.blocks = []
    #expect(made.cause == "noWait")
    made.head = "swapper: page allocation failure: order:0, mode:0xd0"
    #expect(made.cause == "cache")
  }

  @Test func `a node that the request is bound to is named while others have memory`() {
    var made = MadeReport(pages: ["active_anon": 500_000, "free": 400_000])
    made.head = "sh invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), nodemask=1, order=0"
    made.zones = [
      "Node 0 Normal free:1500000kB min:44000kB low:55000kB high:66000kB managed:2000000kB",
      "Node 1 Normal free:20000kB min:44000kB low:55000kB high:66000kB managed:2000000kB",
    ]
    made.blocks = []
    #expect(made.cause == "nodes")
  }

  @Test func `the limit that is met is named, though others are nearer to nothing`() throws {
    var made = MadeReport()
    made.tail = [
      "Task in /docker/x killed as a result of limit of /docker/x",
      "memory: usage 53824kB, limit 102400kB, failcnt 20",
      "memory+swap: usage 204800kB, limit 204800kB, failcnt 6",
      "Memory cgroup stats for /docker/x: cache:64KB rss:53760KB",
    ]
    guard case .cgroup(let group) = made.verdict?.cause else {
      Issue.record("\(made.cause ?? "nothing")")
      return
    }
    #expect(group.path == "/docker/x" && group.limited == "memory+swap")
    #expect(group.limit == 204800 << 10 && group.largest?.name == .anonymous)
  }

  @Test func `what somebody asked for accuses nobody`() {
    var made = MadeReport(pages: ["slab_unreclaimable": 900_000])
    made.head = "sysrq: Show Memory"
    #expect(made.cause == "asked")
  }

  @Test func `memory that is there again is said to be there`() {
    var made = MadeReport(pages: ["free": 800_000])
    made.head = "sh: page allocation failure: order:0, mode:0xcc0(GFP_KERNEL)"
    made.zones = [
      "Node 0 Normal free:3200000kB min:44000kB low:55000kB high:66000kB managed:4000000kB"
    ]
    #expect(made.cause == "met")
  }

  @Test func `a kill without numbers accuses nobody`() {
    var made = MadeReport()
    made.head = ""
    let bytes = Array(
      "[ 5.0] Out of memory: Killed process 18 (a) total-vm:8kB, anon-rss:3kB\n".utf8)
    let report = MemoryReports(bytes.span).reports.first
    #expect(report.map { Shortage($0, origin: "log").verdict.cause.id } == "unknown")
  }

  @Test func `a report that is cut behind its first counters accuses nobody for what is missing`() {
    let text =
      "a invoked oom-killer: gfp_mask=0xcc0, order=0\nMem-Info:\nactive_anon:5 inactive_anon:6\n"
    let bytes = Array(text.utf8)
    let shortage = MemoryReports(bytes.span).reports.first.map { Shortage($0, origin: "log") }
    #expect(shortage?.books == nil && shortage?.total == nil)
    #expect(shortage?.holders.map(\.memoryClass) == [.anonymous])
  }
}
