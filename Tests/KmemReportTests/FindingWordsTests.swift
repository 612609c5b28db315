import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemAnalysis
@testable import KmemReport

/// What findings say, and what they advise.
struct FindingWordsTests {
  private static let share = Finding.Share(bytes: 300 << 20, part: 0.3)

  /// A cache of 1,000 pages, by the name.
  private static func cache(_ name: String, objects: Int = 9000, slabs: Int = 1000)
    -> SlabUsage.Cache
  {
    let row =
      "\(name) \(objects) \(objects) 256 16 1 : tunables 0 0 0 : slabdata \(slabs) \(slabs) 0\n"
    let snapshot = Snapshot(typed: ["proc/slabinfo": "slabinfo - version: 2.1\n" + row])
    guard let usage = SlabUsage(snapshot) else { fatalError("no slabinfo") }
    return usage.caches[0]
  }

  private static func dead(_ things: KernelCount) -> Finding.Kind {
    .dead(
      DeadObjects(
        things: things, counted: 20, isBound: false, caches: [cache("task_struct")],
        companions: [cache("cred_jar")], bytes: 3 << 20))
  }

  private static var lockstep: Finding.Kind {
    .lockstep(
      Lockstep(caches: [cache("a"), cache("b"), cache("c")], count: 9000, bytes: 3000 << 12))
  }

  private static var packets: Finding.Kind {
    let caches = ["kmalloc-2k", "skbuff_head_cache"].map {
      cache($0, objects: 2_000_000, slabs: 75000)
    }
    guard let packets = NetworkPackets(caches) else { fatalError("no packets") }
    return .packets(packets)
  }

  private static let kinds: [(Finding.Kind, String)] = [
    (
      .container(.noSlab(reclaimable: 1 << 30)),
      "meminfo counts no slab memory beside 1.0 GiB of KReclaimable: meminfo is a container's, "
        + "the rest its host's"
    ),
    (
      .container(.total(bytes: 1 << 30, zones: 4 << 30)),
      "meminfo describes 1.0 GiB, the zones of this kernel 4.0 GiB: meminfo is a container's, the "
        + "rest its host's"
    ),
    (
      .unmanaged(managed: 1 << 30, total: 2 << 30), "the zones manage 1.0 GiB of MemTotal's 2.0 GiB"
    ),
    (
      .zone(name: "0 DMA", below: .min, free: 1 << 20, freeCMA: 0, mark: 2 << 20),
      "zone 0 DMA has 1.0 MiB free, below its min watermark of 2.0 MiB"
    ),
    (.available(share), "only 300.0 MiB of memory is available (30 %)"),
    (.countedTwice(1 << 20), "1.0 MiB are counted twice among the classes"),
    (
      .unaccounted(share, UnaccountedWordsTests.suspects()),
      "300.0 MiB (30 %) are in no class: pages that drivers took with alloc_pages"
    ),
    (
      .incomplete(
        share, UnaccountedWordsTests.suspects(unknown: [.anonymous, .pageCache], isCut: true)),
      "300.0 MiB (30 %) are in no class; anonymous and page cache are not in this file"
    ),
    (
      .strayPages(share),
      "300.0 MiB (30 %) are on the LRU lists, but no process maps them and no file has them: pages "
        + "that something still references, or that leaked"
    ),
    (.hugePagesInUse(share), "300.0 MiB (30 %) are huge pages in use"),
    (
      .otherHugePages(share),
      "300.0 MiB (30 %) are in huge pages of another size; whether they are idle isn't in this file"
    ),
    (
      .percpu(
        PercpuShare(
          bytes: 300 << 20, part: 0.3, isUpperBound: true,
          slab: Finding.Share(bytes: 200 << 20, part: 0.2))),
      "per-CPU memory is at most 300.0 MiB (30 %), and unreclaimable slab 200.0 MiB (20 %): memory "
        + "cgroups that were deleted and are still there hold both"
    ),
    (
      .leftCgroups(.controllers(memory: 22563, others: 61)),
      "memory has 22 563 cgroups, the other controllers 61 at most: the rest are deleted and still "
        + "held by memory charged to them"
    ),
    (
      .balloon(Balloon(driver: .vmware, bytes: 1 << 30), bytes: 1 << 30),
      "the host took 1.0 GiB by the balloon (vmw_balloon); MemTotal still counts them, in no class"
    ),
    (
      .cmaFree(CMA(total: 256 << 20, free: 200 << 20, memFree: 210 << 20), left: 10 << 20),
      "200.0 MiB of 210.0 MiB free memory is CMA, which the kernel can't use for itself: 10.0 MiB "
        + "are available without it"
    ),
    (
      .cmaInUse(CMA(total: 256 << 20, free: 81 << 20, memFree: 132 << 20)),
      "175.0 MiB of 256.0 MiB of CMA are in use, by devices or by movable pages"
    ),
    (
      .compressedSwap(share, stored: 1 << 30),
      "zram and zswap hold 300.0 MiB (30 %) for 1.0 GiB that was swapped out"
    ),
    (
      .notInAvailable(share, .zfsArc),
      "MemAvailable doesn't count 300.0 MiB (30 %) of ZFS cache, which is given back"
    ),
    (
      .unreclaimableSlab(share, largest: nil), "unreclaimable slab holds 300.0 MiB (30 %)"
    ),
    (.pageTables(share), "page tables hold 300.0 MiB (30 %)"),
    (
      .largeCache(
        CacheSuspect(cache: cache("xt_flows"), companions: [], owner: nil), part: 0.8,
        ofListed: false),
      "slab cache xt_flows holds 3.9 MiB in 9 000 objects, 80 % of all slab"
    ),
    (
      dead(.threads),
      "9 000 task_struct while 20 tasks exist: 8 980 dead tasks are still referenced, 3.0 MiB in "
        + "all with cred_jar"
    ),
    (
      dead(.openFiles),
      "9 000 task_struct while 20 files are open: 8 980 closed files are still referenced, 3.0 MiB "
        + "in all with cred_jar"
    ),
    (
      dead(.sockets),
      "9 000 task_struct while 20 sockets are in use: 8 980 closed sockets are still referenced, "
        + "3.0 MiB in all with cred_jar"
    ),
    (
      dead(.mounts),
      "9 000 task_struct while 20 mounts are in sight: 8 980 mounts are left behind or in other "
        + "namespaces, 3.0 MiB in all with cred_jar"
    ),
    (.secPageTables(share), "page tables of virtual machines and devices hold 300.0 MiB (30 %)"),
    (
      .shmem(share, ShmemHolders(systemV: 100 << 20)),
      "shared memory and files in tmpfs hold 300.0 MiB (30 %); System V segments have 100.0 MiB"
    ),
    (.mlocked(share), "programs have locked 300.0 MiB (30 %) in memory"),
    (
      .kernelStacks(
        share, threads: 19000, by: ProgramShare(name: "java", processes: 2, amount: 17000)),
      "kernel stacks of 19 000 threads, of which java (2 processes) has 17 000, hold 300.0 MiB (30 "
        + "%)"
    ),
    (
      .vmalloc(
        share,
        callers: [
          NamedAmount(
            name: VmallocCaller(caller: "drv_init+0x1/0x2", module: "drv"), bytes: 1 << 20, count: 1
          )
        ]),
      "vmalloc areas hold 300.0 MiB (30 %): drv_init+0x1/0x2 [drv] 1.0 MiB"
    ),
    (
      .orphans(65738, limit: 65536),
      "65 738 TCP sockets have no process any more (orphans), over the limit of 65 536"
    ),
    (
      .reclaimableSlab(
        share, ReclaimableSlab(largest: cache("dentry"), negativeDentries: 8000)),
      "reclaimable slab holds 300.0 MiB (30 %), 3.9 MiB of it in 9 000 dentry (8 000 entries of "
        + "names that don't exist): the kernel gives it back when memory runs short"
    ),
    (
      lockstep,
      "a, b and c have 9 000 objects each or a multiple: parts of one thing, leaked as often, of "
        + "about 1.3 KiB each, 11.7 MiB in all"
    ),
    (
      packets,
      "2.00 million network packets hold 585.9 MiB (kmalloc-2k and skbuff_head_cache): a network "
        + "driver or a socket's queue keeps them"
    ),
    (
      .idleHugePages(share), "300.0 MiB (30 %) are set aside as huge pages that nobody uses"
    ),
    (.stalled(43.2), "tasks waited for memory 43 % of the last 10 s"),
    (.dyingCgroups(1000), "1000 deleted cgroups are still held by memory charged to them"),
    (.swapFull(free: 1 << 20, total: 1 << 30), "swap is nearly full: 1.0 MiB of 1.0 GiB left"),
    (
      .kills(count: 1, last: "Killed process 12 (a)", path: "var/log/dmesg"),
      "the OOM killer took a process; the last: Killed process 12 (a)"
    ),
    (
      .kills(count: 2, last: "Killed process 13 (b)", path: "var/log/dmesg"),
      "the OOM killer took 2 processes; the last: Killed process 13 (b)"
    ),
    (
      .assumedPageSize,
      "nothing here tells the page size; sizes of caches and zones take it to be 4 KiB"
    ),
  ]

  @Test(arguments: kinds) func `a finding is a sentence with its numbers`(
    kind: Finding.Kind, sentence: String
  ) {
    #expect(Finding(.warning, kind).sentence == sentence)
    #expect(!Finding(.warning, kind).remedy.isEmpty)
  }

  @Test func `every rule is among those tried here, and advises something else`() {
    let findings = Self.kinds.map { Finding(.warning, $0.0) }
    #expect(Set(findings.map(\.rule)) == Set(Finding.Rule.allCases))
    #expect(Set(findings.map(\.remedy)).count == Finding.Rule.allCases.count)
  }

  @Test func `what is free in CMA is told beside what is short`() {
    let kind = Finding.Kind.zone(
      name: "0 DMA", below: .min, free: 5 << 20, freeCMA: 500 << 20, mark: 10 << 20)
    #expect(
      Finding(.critical, kind).sentence
        == "zone 0 DMA has 5.0 MiB free beside 500.0 MiB in CMA, which only movable pages get, below "
        + "its min watermark of 10.0 MiB")
  }

  @Test func `a zone just below its watermark says by how much`() {
    let kind = Finding.Kind.zone(
      name: "0 Normal", below: .low, free: 10857 * 4096, freeCMA: 0, mark: 10858 * 4096)
    let finding = Finding(.warning, kind)
    #expect(
      finding.sentence
        == "zone 0 Normal has 42.4 MiB free, below its low watermark of 42.4 MiB by 4.0 KiB")
    #expect(
      finding.remedy
        == "kswapd reclaims; if it stays so, something holds memory that reclaim can't take")
  }

  @Test func `the largest cache is named where slab is large`() {
    let slabinfo =
      "slabinfo - version: 2.1\nfilp 9 9 256 16 1 : tunables 0 0 0 : slabdata 1000 1000 0\n"
    let meminfo = "MemTotal: 1000000 kB\nSReclaimable: 0 kB\nSUnreclaim: 300000 kB\n"
    let health = Health(Snapshot(typed: ["proc/meminfo": meminfo, "proc/slabinfo": slabinfo]))
    let finding = health.findings.first { $0.rule == .unreclaimableSlab }
    #expect(
      finding?.sentence
        == "unreclaimable slab holds 293.0 MiB (30 %); the largest cache is filp (open files) with 3.9 MiB"
    )
  }
}
