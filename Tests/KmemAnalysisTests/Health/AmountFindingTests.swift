import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemAnalysis

/// What is a large part of memory, each with the amount from which on it stands out.
struct AmountFindingTests {
  private static let calm = """
    MemTotal: 1000000 kB
    MemFree: 100000 kB
    Buffers: 0 kB
    Cached: 350000 kB
    Active: 600000 kB
    Inactive: 150000 kB
    AnonPages: 400000 kB
    Mlocked: 0 kB
    Shmem: 0 kB
    SReclaimable: 20000 kB
    SUnreclaim: 10000 kB
    KernelStack: 0 kB
    PageTables: 0 kB
    SecPageTables: 0 kB
    VmallocUsed: 0 kB

    """

  private func findings(_ meminfo: String, _ more: [String: String] = [:]) -> [Finding] {
    Health(Snapshot(typed: more.merging(["proc/meminfo": meminfo]) { $1 })).findings
  }

  @Test(arguments: [
    ("Shmem", 300_000, 295_000, Finding.Rule.shmem, Finding.Severity.note),
    ("Mlocked", 200_000, 195_000, .mlocked, .note),
    ("KernelStack", 30000, 29000, .kernelStacks, .warning),
    ("VmallocUsed", 100_000, 99_000, .vmalloc, .warning),
    ("PageTables", 50000, 49000, .pageTables, .warning),
    ("SecPageTables", 50000, 49000, .secPageTables, .warning),
  ]) func `each amount stands out from its share on`(
    key: String, hit: Int, miss: Int, rule: Finding.Rule, severity: Finding.Severity
  ) {
    func found(_ amount: Int) -> [Finding] {
      findings(Self.calm.replacing("\(key): 0", with: "\(key): \(amount)"))
        .filter { $0.rule == rule }
    }
    #expect(found(hit).map(\.severity) == [severity])
    #expect(found(miss) == [])
  }

  @Test func `address space is no vmalloc memory`() {
    let old = Self.calm.replacing(
      "VmallocUsed: 0 kB", with: "VmallocUsed: 300000 kB\nVmallocChunk: 9 kB")
    #expect(!findings(old).contains { $0.rule == .vmalloc })
  }

  @Test func `the largest callers of vmalloc are named, stacks aren't`() {
    let areas = """
      0x1-0x2 200000 load_module+0x1/0x2 pages=30000 vmalloc
      0x3-0x4 200000 dup_task_struct+0x1/0x2 pages=90000 vmalloc
      0x5-0x6 200000 drv_init+0x1/0x2 [drv] pages=20000 vmalloc

      """
    let files = ["proc/vmallocinfo": areas]
    guard
      case .vmalloc(_, let callers)? = findings(
        Self.calm.replacing("VmallocUsed: 0", with: "VmallocUsed: 300000"), files
      ).first(where: { $0.rule == .vmalloc })?.kind
    else { return #expect(Bool(false), "no finding") }
    #expect(callers.map(\.name.caller) == ["load_module+0x1/0x2", "drv_init+0x1/0x2"])
  }

  @Test(arguments: [
    (400_000, 40000, true), (400_000, 60000, false), (390_000, 40000, false),
    (600_000, 90000, true),
  ]) func `reclaimable slab stands out where little is free, or nearly all is it`(
    slab: Int, free: Int, standsOut: Bool
  ) {
    let meminfo = Self.calm.replacing("SReclaimable: 20000", with: "SReclaimable: \(slab)")
      .replacing("MemFree: 100000", with: "MemFree: \(free)")
    let found = findings(meminfo, ["proc/sys/fs/dentry-state": "900000 1 45 0 700000 0\n"])
      .first { $0.rule == .reclaimableSlab }
    #expect((found != nil) == standsOut)
    guard case .reclaimableSlab(_, let slab)? = found?.kind else { return }
    #expect(slab.negativeDentries == 700_000)
  }

  @Test func `shared memory is told by the cache that isn't files where meminfo lacks it`() {
    let lists = "Active(anon): 550000 kB\nInactive(anon): 140000 kB\n"
    let meminfo = Self.calm.replacing("Shmem: 0 kB\n", with: lists)
      .replacing("Cached: 350000", with: "Cached: 500000")
    let found = findings(meminfo).first { $0.rule == .shmem }
    guard case .shmem(let share, let holders)? = found?.kind else {
      return #expect(Bool(false), "no finding")
    }
    #expect(share.bytes == 440_000 << 10)
    #expect(holders.isEstimate)
    let files = meminfo.replacing("Cached: 500000", with: "Cached: 70000")
    #expect(!findings(files).contains { $0.rule == .shmem })
  }

  @Test func `System V segments and tmpfs mounts are told with shared memory`() {
    let segments = """
             key      shmid perms                  size  cpid  lpid nattch   uid   gid  cuid  cgid      atime      dtime      ctime                   rss                  swap
               0          3  1600             524288000  1201  1201      2     0     0     0     0 1700000000 1700000000 1700000000             104857600                     0
               7          4  1600             524288000  1201  1201      2     0     0     0     0 1700000000 1700000000 1700000000             209715200                     0

      """
    let mounts = "tmpfs /dev/shm tmpfs rw 0 0\nproc /proc proc rw 0 0\ntmpfs /run tmpfs rw 0 0\n"
    let meminfo = Self.calm.replacing("Shmem: 0", with: "Shmem: 400000")
    let found = findings(meminfo, ["proc/sysvipc/shm": segments, "proc/mounts": mounts])
    guard case .shmem(_, let holders)? = found.first(where: { $0.rule == .shmem })?.kind else {
      return #expect(Bool(false), "\(found)")
    }
    #expect(holders == ShmemHolders(systemV: 314_572_800, mounts: ["/dev/shm", "/run"]))
  }

  @Test(arguments: [(70000, true), (65536, true), (60000, false)])
  func `orphaned sockets stand out from their limit on`(count: Int, standsOut: Bool) {
    let found = findings(
      Self.calm,
      [
        "proc/sys/net/ipv4/tcp_max_orphans": "65536\n",
        "proc/net/sockstat": "TCP: inuse 9 orphan \(count) tw 3 alloc 99999 mem 1\n",
      ])
    #expect(found.contains { $0.rule == .orphans } == standsOut)
  }
}
