import Testing

@testable import KmemAnalysis

/// What a command leaves on purpose, and what goes with it, is told from what the kernel forgot.
@Suite struct CheckHoldingsTests {
  /// A series that gains so much at each of twenty runs.
  private func series(_ id: SeriesID, _ rate: Int64, slack: Int64 = 0) throws -> CheckSeries {
    let values: [Int64?] = (0...20).map { 1 << 20 + Int64($0) * rate }
    return CheckSeries(
      id: id, side: try #require(id.side()), values: values,
      trend: IterationTrend(values, unit: id.unit), slack: slack)
  }

  private func line(_ file: String, _ function: String, _ module: String? = nil) -> SeriesID {
    .allocationSite(AllocationSite(file: file, line: 9, function: function, module: module))
  }

  private func judged(
    _ all: [(SeriesID, Int64)], isCounted: Bool = true, kernelThreads: Int64 = 0
  ) throws -> [CheckSeries] {
    CheckHoldings.explaining(
      try all.map { try series($0, $1) }, isCounted: isCounted, kernelThreads: kernelThreads)
  }

  @Test func `page tables, stacks and slab of a process that stays are held for it`() throws {
    let found = try judged([
      (.count(.threads), 1), (line("arch/x86/mm/pgtable.c", "pte_alloc_one"), 20480),
      (line("kernel/fork.c", "alloc_thread_stack_node"), 16384),
      (.memoryClass(.slabUnreclaimable), 17000), (.slabCache("task_struct"), 9000),
      (.memoryClass(.anonymous), 40960),
    ])
    #expect(found.filter(\.isLeak).isEmpty)
    #expect(found.filter(\.isLeft).map(\.id) == [.count(.threads), .memoryClass(.anonymous)])
    #expect(found[1].explanation == .counts([.threads]))
  }

  /// `ipcmk -S 30000`, messages, `mkdir` in a hierarchy of control groups, `unshare --net=FILE`: 6.18 showed these.
  @Test(arguments: [
    (KernelCount.semaphores, 30_000, SeriesID.memoryClass(.slabUnreclaimable), 2_100_000),
    (.messages, 5, .slabCache("msg_msg-4k"), 21_800),
    (.messages, 5, .slabCache("kmalloc-cg-4k"), 20_000),
    (.controlGroups, 1, .slabCache("kernfs_node_cache"), 4096),
    (.namespaces, 1, .memoryClass(.slabUnreclaimable), 186_880),
  ])
  func `what a command leaves in the kernel on purpose is held for it`(
    things: KernelCount, count: Int, id: SeriesID, bytes: Int
  ) throws {
    #expect(try judged([(id, Int64(bytes))])[0].isLeak)
    let found = try judged([(.count(things), Int64(count)), (id, Int64(bytes))])
    #expect(found[1].explanation == .counts([things]))
    #expect(found.filter(\.isLeft).map(\.id) == [.count(things)])
  }

  @Test func `what no queue is in isn't held for messages`() throws {
    let found = try judged([(.count(.messages), 5), (line("drivers/a.c", "a_probe", "a"), 4096)])
    #expect(found[1].isLeak)
  }

  @Test func `files in memory stand for themselves, whatever else rises`() throws {
    let found = try judged([(.count(.threads), 44), (.memoryClass(.shmem), 1 << 20)])
    #expect(found[1].explanation == nil && found[1].isLeft)
  }

  @Test func `more than a process may hold is a leak beside it`() throws {
    let found = try judged([(.count(.threads), 1), (line("drivers/a.c", "a_probe", "a"), 100_000)])
    #expect(found[1].isLeak)
  }

  /// What a guest showed over a thousand runs: some program beside the command had 32 KiB more at each.
  @Test func `page tables go with memory of programs that grows, as far as that needs them`() throws
  {
    let tables = line("arch/x86/mm/pgtable.c", "pte_alloc_one")
    let found = try judged([(tables, 63), (.memoryClass(.anonymous), 32191)])
    #expect(found[0].explanation == .userMemory)
    #expect(try judged([(tables, 4096), (.memoryClass(.anonymous), 32191)])[0].isLeak)
  }

  @Test func `page tables that grow while no process stays leak`() throws {
    let found = try judged([(line("arch/x86/mm/pgtable.c", "pte_alloc_one"), 4096)])
    #expect(found[0].isLeak)
  }

  @Test func `what is kept beside files that stay goes with them, and a driver's line doesn't`()
    throws
  {
    let found = try judged([
      (.count(.inodes), 1), (line("fs/jbd2/journal.c", "jbd2_journal_start", "jbd2"), 64),
      (line("drivers/a.c", "a_open", "a"), 64), (.slabCache("kmalloc-64"), 64),
    ])
    #expect(found[1].explanation == .counts([.inodes]))
    #expect(found[2].isLeak)
    #expect(found[3].explanation == .counts([.inodes]))
  }

  /// What a sound guest showed: 20 connections over loopback at each run.
  @Test func `what the kernel keeps of closed connections goes with their count, not with files`()
    throws
  {
    let kept: [(SeriesID, Int64)] = [
      (.memoryClass(.shmem), 2 << 20), (.slabCache("tw_sock_TCP"), 4096),
      (line("net/ipv4/inet_timewait_sock.c", "inet_twsk_alloc"), 4200),
      (.slabCache("tcp_bind_bucket"), 2560), (.memoryClass(.slabUnreclaimable), 9000),
    ]
    let found = try judged(kept + [(.count(.timeWait), 20)])
    #expect(found.dropFirst().prefix(4).allSatisfy { $0.explanation == .counts([.timeWait]) })
    #expect(found.filter(\.isLeft).map(\.id) == [.memoryClass(.shmem), .count(.timeWait)])
    #expect(try judged(Array(kept[1...2])).allSatisfy(\.isLeak), "nobody waits, and they are kept")
    let lost = try judged([(.count(.timeWait), 20), (.slabCache("kmalloc-64"), 1280)])
    #expect(lost[1].isLeak, "a driver loses it at each connection")
  }

  /// What Linux 6.12 showed: ports of TCP lie in a merged cache that is listed as anon_vma_chain.
  @Test func `a merged cache is explained by any of its names`() throws {
    var ports = try series(.slabCache("anon_vma_chain"), 2300)
    let all = [ports, try series(.count(.timeWait), 20)]
    #expect(CheckHoldings.explaining(all, isCounted: true)[0].isLeak)
    ports.aliases = ["io_tlb_slot", "tcp_bind_bucket"]
    let found = CheckHoldings.explaining([ports, all[1]], isCounted: true)
    #expect(found[0].explanation == .counts([.timeWait]))
  }

  /// What 6.12 with allocation profiling showed: a vector beside each slab, which no line accounts for.
  @Test func `vectors beside slabs of what is held go with it, and no more than these`() throws {
    let held: [(SeriesID, Int64)] = [(.count(.timeWait), 20), (.slabCache("tw_sock_TCP"), 6500)]
    let found = try judged(held + [(.slabCache("kmalloc-512"), 505)])
    #expect(found[2].explanation == .counts([.timeWait]))
    #expect(try judged(held + [(.slabCache("kmalloc-512"), 2048)])[2].isLeak)
    #expect(try judged([(.slabCache("kmalloc-512"), 505)])[0].isLeak)
  }

  @Test func `connections that a packet filter tracks are held for as many as it counts`() throws {
    let kept: [(SeriesID, Int64)] = [
      (.slabCache("nf_conntrack"), 5120), (.slabCache("kmalloc-128"), 2560),
      (line("net/netfilter/nf_conntrack_core.c", "__nf_conntrack_alloc", "nf_conntrack"), 5120),
    ]
    #expect(try judged(kept).allSatisfy(\.isLeak))
    let found = try judged(kept + [(.count(.trackedConnections), 20)])
    #expect(found.filter(\.isLeak).isEmpty)
  }

  @Test(arguments: ["jbd2_inode", "xfs_ili", "lsm_inode_cache"])
  func `a cache whose objects belong to inodes in memory isn't the kernel's own`(name: String)
    throws
  {
    // 1,000 files on ext4 of Linux 6.12: jbd2_inode isn't counted as reclaimable, and grew by 65 B a file.
    let found = try judged([(.slabCache(name), 65), (.memoryClass(.slabReclaimable), 1856)])
    #expect(found[0].side == .cache)
    #expect(found.filter(\.isLeak).isEmpty)
  }

  @Test func `a superblock goes with its mount`() throws {
    let found = try judged([
      (.count(.mounts), 1), (line("fs/super.c", "alloc_super"), 2048), (.memoryClass(.percpu), 512),
    ])
    #expect(found.filter(\.isLeak).isEmpty)
    #expect(found.filter(\.isLeft).map(\.id) == [.count(.mounts)])
  }

  @Test func `kernel threads that a module leaves are nobody's to hold`() throws {
    let all: [(SeriesID, Int64)] = [
      (.count(.threads), 1), (line("kernel/fork.c", "alloc_thread_stack_node"), 16384),
      (.slabCache("task_struct"), 9000),
    ]
    let kernels = try judged(all, kernelThreads: 20)
    #expect(kernels.filter(\.isLeak).count == 2)
    #expect(kernels.filter(\.isLeft).isEmpty)
    // A worker or two of the kernel's queues tell nothing of twenty threads.
    let programs = try judged(all, kernelThreads: 2)
    #expect(programs.filter(\.isLeak).isEmpty)
  }

  @Test func `what the network keeps for an address goes with it, and a driver's line doesn't`()
    throws
  {
    let found = try judged([
      (.count(.routes), 3), (line("net/ipv4/devinet.c", "inet_alloc_ifa"), 96),
      (line("net/ipv4/fib_semantics.c", "fib_create_info"), 192), (.slabCache("ip_fib_alias"), 168),
      (line("drivers/a.c", "a_event", "a"), 64), (line("net/b/b.c", "b_event", "b"), 64),
    ])
    #expect(found.filter(\.isLeft).map(\.id) == [.count(.routes)])
    #expect(found[1...3].allSatisfy { $0.explanation == .counts([.routes]) })
    #expect(found[4...].allSatisfy { $0.isLeak })
    let alone = try judged([(line("net/ipv4/devinet.c", "inet_alloc_ifa"), 96)])
    #expect(alone[0].isLeak)
  }

  @Test func `credentials that nobody can hold are the kernel's own to free`() throws {
    let found = try judged([(.slabCache("cred_jar"), 192)])
    #expect(found[0].isLeak)
    #expect(!found[0].isLeft)
  }

  @Test func `where nothing counts what programs hold, nobody is accused of it`() throws {
    let found = try judged([(.slabCache("cred_jar"), 192)], isCounted: false)
    #expect(!found[0].isLeak)
  }

  @Test func `files in tmpfs are left for user space, whatever the counts say`() throws {
    let found = try judged([(.memoryClass(.shmem), 65536)])
    #expect(found[0].isLeft)
    #expect(!found[0].isLeak)
  }

  @Test func `open files that no process was left to hold leave it open`() throws {
    let found = try judged([(.count(.openFiles), 1), (.slabCache("kmalloc-256"), 256)])
    #expect(found[1].explanation == .perhaps([.openFiles]))
    #expect(!found[1].isLeak)
  }

  @Test func `a function that isn't of user pages owns what it takes in their files`() {
    let kernels = [("mm/mempolicy.c", "mpol_new"), ("mm/hugetlb.c", "resv_map_alloc")]
    for (file, function) in kernels {
      let site = AllocationSite(file: file, line: 1, function: function, module: nil)
      #expect(site.side == .kernel, "\(function)")
      #expect(site.role == .owner, "\(function)")
    }
    let users = [("mm/shmem.c", "shmem_alloc_folio"), ("mm/memory.c", "do_anonymous_page")]
    for (file, function) in users {
      let site = AllocationSite(file: file, line: 1, function: function, module: nil)
      #expect(site.side == .userSpace, "\(function)")
    }
  }

  @Test func `what grows as fast without the command is others' doing`() throws {
    let cache = SeriesID.slabCache("eventpoll_epi")
    let leak = try series(cache, 4096)
    func rest(_ gained: Int64) -> CheckRest {
      CheckRest(from: [cache: 50_000], to: [cache: 50_000 + gained], seconds: 10, perIteration: 0.5)
    }
    // In the time of a run half of what a run adds.
    #expect(rest(40_960).explains(leak))
    #expect(!rest(40_959).explains(leak))
    #expect(!rest(-40_960).explains(leak))
    #expect(!rest(1 << 20).explains(try series(.slabCache("other"), 4096)))
    #expect(!rest(1 << 20).explains(try series(cache, -4096)))
    let none = CheckRest(from: [:], to: [:], seconds: 0, perIteration: 0)
    #expect(!none.explains(leak))
  }
}
