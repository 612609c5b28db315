import KmemTestSupport
import Testing

@testable import KmemParsers

/// Reports on memory in kernel logs, of several eras.
@Suite struct MemoryReportsTests {
  private func reports(_ text: String) -> [MemoryReport] {
    let bytes = Array(text.utf8)
    return MemoryReports(bytes.span).reports
  }

  private func report(_ text: String) throws -> MemoryReport {
    let all = reports(text)
    #expect(all.count == 1)
    return try #require(all.first)
  }

  @Test func `a report of 6.1 is read to its last line`() throws {
    let report = try report(MemoryReportText.modern)
    #expect(report.trigger == .outOfMemory && report.command == "stress")
    #expect(report.time == 120.1 && report.release == "6.1.90-lab")
    #expect(report.request.order == 0 && report.request.mask == 0x140cca)
    #expect(report.request.names == ["GFP_HIGHUSER_MOVABLE", "__GFP_COMP"])
    #expect(report.memory.counters["inactive_anon"] == 90000)
    #expect(report.memory.counters["kernel_misc_reclaimable"] == 0)
    #expect(report.memory.ofNodes["kernel_stack"] == 1024)
    let zone = try #require(report.memory.zones.first)
    #expect(report.memory.zones.count == 1 && zone.name == "DMA32")
    #expect(zone.amounts["min"] == 5000 && zone.amounts["reserved_highatomic"] == 0)
    #expect(zone.freeBlocks == [600, 200, 50, 0, 0] && zone.kinds == ["UME", "UM", "U", "", ""])
    #expect(report.memory.pageSize == 4096 && report.totalPages == 100_000)
    #expect(report.memory.hugePages.first?.free == 3)
    #expect(report.constraint == "CONSTRAINT_NONE" && report.cgroup == nil)
  }

  @Test func `the tasks are summed by name, and the killed one is told with what it held`() throws {
    let report = try report(MemoryReportText.modern)
    #expect(report.tasks.count == 3 && report.tasks.rss == 89100)
    #expect(report.tasks.largest.first?.pid == 310)
    #expect(report.tasks.programs.first == .init(name: "stress", count: 2, rss: 89000))
    #expect(report.kills.count == 1 && report.kills.first?.name == "stress")
    #expect(report.kills.first?.rss == 240_004)
  }

  @Test func `the amounts become lines of meminfo, and what isn't printed has none`() throws {
    let meminfo = try #require(try report(MemoryReportText.modern).meminfo)
    #expect(meminfo[.memTotal]?.bytes == 400_000 << 10)
    #expect(meminfo[.anonPages]?.bytes == 90000 << 12)
    #expect(meminfo[.sUnreclaim]?.bytes == 2500 << 12)
    #expect(meminfo[.hugetlb]?.bytes == 8 << 20)
    #expect(meminfo[.percpu] == nil && meminfo[.vmallocUsed] == nil)
  }

  @Test func `a report of 2.6.20 tells programs and files in one, so it has no MemTotal`() throws {
    let report = try report(MemoryReportText.old)
    #expect(report.clock == "Oct  9 21:46:16" && report.time == 135404.331945)
    #expect(report.memory.counters["active"] == 91000)
    #expect(report.memory.swapFree == 0 && report.memory.swapTotal == 746_000)
    #expect(report.memory.zones.first?.reserve == [0, 745, 745])
    #expect(report.totalPages == 194_000)
    #expect(report.meminfo?[.memTotal] == nil && report.meminfo?[.slab]?.bytes == 6300 << 12)
    #expect(report.kills.map(\.pid) == [18662] && report.kills.first?.rss == nil)
  }

  @Test func `counters of a group below a line that alone has a stamp are read`() throws {
    let text = """
      [Wed Jun 17 10:37:10 2020] a invoked oom-killer: gfp_mask=0xcc0, order=0
      [Wed Jun 17 10:37:10 2020] memory: usage 1048576kB, limit 1048576kB, failcnt 153
      [Wed Jun 17 10:37:10 2020] Memory cgroup stats for /kubepods/pod1:
      [Wed Jun 17 10:37:10 2020] anon 1062739968
                                 file 4096
                                 slab 2801664
      [Wed Jun 17 10:37:11 2020] Memory cgroup out of memory: Killed process 5 (a) total-vm:9kB

      """
    let group = try #require(try report(text).cgroup)
    #expect(group.stats == ["anon": 1_062_739_968, "file": 4096, "slab": 2_801_664])
  }

  @Test func `a control group's limit is told with what all groups below it hold`() throws {
    let group = try #require(try report(MemoryReportText.cgroup).cgroup)
    #expect(group.path == "/test" && group.killedIn == "/test/job")
    #expect(group.limits.map(\.name) == ["memory", "memory+swap"])
    #expect(group.limits.first?.failures == 73)
    #expect(group.stats["rss"] == 1256 << 10 && group.stats["cache"] == 49632 << 10)
  }

  @Test(arguments: [
    "> ", "<4>", "kern  :warn  : ", "Nov 22 18:40:12 host kernel: ", "| ",
    "2026-11-22T18:40:12+00:00 host kernel: ", "4,1234,5678901,-;", "\t",
    "Sat Jan 27 00:14:32 2024 kern.warn kernel: ", "Dec 27 09:19:05 2013 kernel: : ",
    "2023-12-04T10:49:30.127Z In(05) vcpu-5 - Guest: <6>", "2026-03-01T10:00:00.1Z stderr F ",
    "(XEN) ", "03-01 10:00:00.123     0     0 W         : ",
  ])
  func `what stands before the lines changes nothing`(prefix: String) throws {
    let lines = MemoryReportText.modern.split(separator: "\n")
    let text = lines.map { prefix + $0 + "\n" }.joined()
    var (known, found) = (try report(MemoryReportText.modern), try report(text))
    #expect(found.machine == (prefix.contains(" host ") ? "host" : nil))
    (known.clock, found.clock) = (nil, nil)
    found.machine = nil
    #expect(found == known)
  }

  @Test func `the id of a thread that prints, and rows without stamps, are told apart`() throws {
    let marked = MemoryReportText.modern.replacing("] ", with: "][  T310] ", maxReplacements: 40)
    #expect(try report(marked).memory.zones.count == 1)
    let bare = MemoryReportText.modern.split(separator: "\n").map { $0.dropFirst(15) + "\n" }
      .joined()
    #expect(try report(bare).tasks == report(MemoryReportText.modern).tasks)
    #expect(try report(bare).time == nil)
  }

  @Test func `lines that a mail program broke go on with the line before`() throws {
    let text = """
      [1.0] a invoked oom-killer: 
      gfp_mask=0x40cc0(GFP_KERNEL|__GFP_COMP), order=1, oom_score_adj=0
      [1.0] Mem-Info:
      [1.0] Node 0 Normal free:12kB min:14kB low:19kB 
      high:23kB active_anon:5kB managed:4750kB
      [1.0] Node 0 Normal: 3*4kB (UME) 0*8kB 
      0*16kB 1*32kB (M) = 44kB
      [1.0] Out of memory: Killed process 541 (b) 
      total-vm:4400kB, anon-rss:892kB, file-rss:380kB, shmem-rss:0kB, UID:999 

      """
    let report = try report(text)
    #expect(report.request.order == 1 && report.request.mask == 0x40cc0)
    #expect(report.memory.zones.first?.amounts["managed"] == 4750)
    #expect(report.memory.zones.first?.freeBlocks == [3, 0, 0, 1])
    #expect(report.buddyinfo?.rows.count == 1)
    #expect(report.kills.first?.rss == 1272)
  }

  @Test func `a list of blocks may be broken before the kinds of the last ones`() throws {
    let text = """
      swapper/0: page allocation failure: order:0, mode:0x20
      Mem-info:
      Normal free:16104kB min:2296kB low:2868kB high:3444kB present:331776kB
      Normal: 0*4kB 1*8kB () 1*16kB (C) 1*32kB
      (C) 1*64kB (C)
      = 120kB
      (none) 1*128kB (C)

      """
    let zone = try #require(report(text).memory.zones.first)
    #expect(zone.freeBlocks == [0, 1, 1, 1, 1] && zone.blocksTotal == 120)
    #expect(zone.kinds == ["", "", "C", "C", "C"])
  }

  @Test func `a node on a line of its own is that of the zone behind another processor's lines`()
    throws
  {
    let text = """
      [1.0] Mem-Info:
      [1.0] Node 1 
      [1.1]  ? find_held_lock+0x35/0x1d0
      [1.2] DMA32 free:100kB min:10kB low:11kB high:12kB managed:500kB
      [1.2] lowmem_reserve[]:
      [1.3]  0

      """
    #expect(try report(text).memory.zones.map(\.node) == [1])
  }

  @Test func `reports one after the other are told apart, and so are boots`() {
    let text =
      MemoryReportText.modern + "[    0.0] Linux version 6.6.1 (gcc) #1\n" + MemoryReportText.cgroup
      + "[ 60.0] sysrq: Show Memory\n[ 60.0] Mem-Info:\n[ 60.0] active_anon:5 inactive_anon:6\n"
    let found = reports(text)
    #expect(found.map(\.trigger) == [.outOfMemory, .outOfMemory, .askedToShow])
    #expect(found.map(\.release) == ["6.1.90-lab", "6.6.1", "6.6.1"])
    #expect(found.last?.memory.counters == ["active_anon": 5, "inactive_anon": 6])
  }

  @Test(arguments: [
    ("sh: page allocation failure: order:4, mode:0x2040d0", "sh", 4),
    ("sh: page allocation failure. order:4, mode:0x20", "sh", 4),
    (
      "kworker/u:0: page allocation failure: order:10, mode:0xdc0(GFP_KERNEL), nodemask=(null)",
      "kworker/u:0", 10
    ),
  ])
  func `a failed request is told with its order`(line: String, command: String, order: Int) throws {
    let report = try report(line + "\n")
    #expect(report.trigger == .allocationFailure)
    #expect(report.command == command && report.request.order == order)
  }

  @Test(arguments: [
    "Out of Memory: Killed process 18 (a b).",
    "Out of memory: Kill process 18 (a b) score 9 or sacrifice child",
    "Killed process 18, UID 27, (a b) total-vm:8kB, anon-rss:3kB, file-rss:0kB",
    "Memory cgroup out of memory: Killed process 18 (a b) total-vm:8kB, anon-rss:3kB",
    "Out of memory (oom_kill_allocating_task): Killed process 18 (a b) total-vm:8kB, anon-rss:3kB",
  ])
  func `a kill alone is a report of it`(line: String) throws {
    let kill = try #require(try report("[ 5.0] \(line)\n").kills.first)
    #expect(kill.pid == 18 && kill.name == "a b")
  }

  @Test func `slab caches and lines of source are read with their units`() throws {
    let report = try report(
      """
      [1.0] Unreclaimable slab info:
      [1.0] Name                      Used          Total
      [1.0] kmalloc-64               16KB         20KB
      [1.0] my odd cache              1KB       3072KB
      [1.0] Memory allocations (profiling is currently turned on):
      [1.0]     57.5 MiB    14656 mm/slub.c:2321 func:alloc_slab_page
      [1.0]     12.5 KiB        2 drivers/a/b.c:7 [b_mod] func:b_alloc

      """)
    #expect(report.slabs.map(\.name) == ["my odd cache", "kmalloc-64"])
    #expect(report.slabs.first?.total == 3072 << 10)
    #expect(report.sites.map(\.bytes) == [57 << 20 + 1 << 19, 12800])
    #expect(report.sites.last?.module == "b_mod" && report.sites.last?.line == 7)
  }

  @Test(arguments: [
    "the app was killed: process 5 was using memory\n", "usb 1-1: new device\n",
    "systemd[1]: x.service: A process of this unit has been killed by the OOM killer.\n", "",
  ])
  func `other logs have no report`(text: String) {
    #expect(reports(text).isEmpty)
  }

  @Test func `cut, doubled and garbled reports are read as far as they go`() {
    var random = SeededGenerator(seed: 16)
    let whole = Array(
      (MemoryReportText.modern + MemoryReportText.cgroup + MemoryReportText.old).utf8)
    for _ in 0..<400 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...30, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.removeSubrange(place..<min(bytes.count, place + 40))
        case 2: bytes.insert(contentsOf: Array("99999999999999999999kB".utf8), at: place)
        default: bytes = Array(bytes[..<place]) + Array(bytes[max(0, place - 60)...])
        }
        if bytes.isEmpty { bytes = [0x0A] }
      }
      for report in MemoryReports(bytes.span).reports {
        // What is worked out of a damaged report must not trap either.
        _ = (report.meminfo, report.zoneinfo, report.buddyinfo, report.totalPages)
        #expect(report.tasks.largest.count <= TaskTable.limit)
      }
    }
  }
}
