import KmemParsers
import Testing

@testable import KmemAnalysis

@Suite("Who is accused by a trace")
struct TraceReportTests {
  private let leak = [
    "__kmalloc_cache_noprof+0x1/0x2", "leaky_take+0x8/0x20 [leaky]", "vfs_write+0x1/0x2",
  ]

  private func only(_ example: TraceExample) throws -> TraceGroup {
    try #require(example.report.groups.first)
  }

  @Test("is the function that called the allocator, where the cache gained as much")
  func isTheFunctionThatCalledTheAllocator() throws {
    var example = TraceExample()
    example.add(frames: leak)
    example.book(cache: "kmalloc-2k", size: 2048, gained: 7700)
    let group = try only(example)
    #expect(group.judgement == .rising)
    #expect(group.culprit?.name == "leaky_take [leaky]")
    #expect(group.left == 7680)
    #expect(group.course.shape == .steady(since: 0))
    #expect(group.course.rate == 128)
    #expect(example.report.conclusion == .rising)
  }

  @Test("is nobody where the books didn't grow: it was freed unseen")
  func isNobodyWhereTheBooksDidntGrow() throws {
    var example = TraceExample()
    example.add(frames: leak)
    example.book(cache: "kmalloc-2k", size: 2048, gained: 20)
    #expect(try only(example).judgement == .withoutGrowth)
    #expect(example.report.conclusion == .nobody)
  }

  @Test("is the one that the books bear out, not another of the same cache beside it")
  func isTheOneThatTheBooksBearOut() {
    var example = TraceExample()
    example.add(frames: leak)
    example.add(
      frames: ["kmalloc_trace+0x1/0x2", "freed_unseen+0x1/0x2"],
      left: TraceExample.steady.map { $0 / 4 })
    example.book(cache: "kmalloc-2k", size: 2048, gained: 7700)
    #expect(example.report.rising.map(\.culprit?.name) == ["leaky_take [leaky]"])
    #expect(
      example.report.groups.map(\.judgement).contains(.withoutGrowth))
    example.record.books = []
    example.book(cache: "kmalloc-2k", size: 2048, gained: 9600)
    #expect(example.report.rising.count == 2)
  }

  @Test(
    "is nobody for the ranges of addresses that vmalloc keeps for a while, as threads leave them")
  func isNobodyForRangesOfVmalloc() {
    var example = TraceExample()
    example.add(
      .cache, size: 64, cache: "vmap_area",
      frames: [
        "kmem_cache_alloc_node+0x214/0x310", "alloc_vmap_area+0x9d/0x880",
        "__get_vm_area_node+0xb1/0x150", "__vmalloc_node_range+0x151/0x880",
        "copy_process+0x63b/0x1ae0", "kernel_clone+0xbf/0x430",
      ], left: TraceExample.steady.map { $0 / 60 })
    example.book(cache: "vmap_area", size: 64, gained: 153)
    #expect(example.report.groups.isEmpty)
    #expect(example.report.conclusion == .nobody)
  }

  @Test("of kmalloc of whole pages is told by unreclaimable slab beside its caches")
  func ofLargeKmallocIsToldByUnreclaimableSlab() throws {
    var example = TraceExample()
    example.add(
      size: 65536, frames: ["kmalloc_large_node+0x1/0x2"] + leak.dropFirst(),
      left: TraceExample.steady.map { $0 / 16 })
    example.book(cache: "kmalloc-2k", size: 2048, gained: 512)
    example.book(.unaccounted, gained: -45056)
    example.book(.slabUnreclaimable, gained: 480 * 65536 + 1 << 20)
    let group = try only(example)
    #expect(group.subject == .largeKmalloc)
    #expect(group.growth == 31_457_280)
    #expect(group.judgement == .rising)
  }

  @Test("of kmalloc of whole pages is one, where the kernel tells twice of each object")
  func ofLargeKmallocIsOneWhereTheKernelTellsTwice() throws {
    var example = TraceExample()
    let left = TraceExample.steady.map { $0 / 16 }
    // As Linux 6.12 tells: the inner event's object seems to come back at once.
    example.add(
      size: 65536,
      frames: ["__kmalloc_large_node_noprof+0x1/0x2", "__kmalloc_noprof+0x22c/0x400"]
        + leak.dropFirst(),
      left: TraceExample.none, allocated: left, reused: left)
    example.add(
      size: 65536, frames: ["__kmalloc_noprof+0x22c/0x400"] + leak.dropFirst(), left: left)
    example.book(.slabUnreclaimable, gained: 480 * 65536)
    let group = try only(example)
    #expect(group.allocated == 480)
    #expect(group.reused == 0)
    #expect(group.judgement == .rising)
  }

  @Test("is nobody yet where the books can't show so little")
  func isNobodyYetWhereTheBooksCantShow() throws {
    var example = TraceExample()
    example.add(size: 64, frames: leak, left: TraceExample.steady.map { $0 / 20 })
    example.book(cache: "kmalloc-64", size: 64, gained: 0)
    #expect(try only(example).judgement == .tooSmallForBooks)
    #expect(example.report.conclusion == .undecided)
  }

  @Test("is nobody where addresses came back, as by kfree_rcu")
  func isNobodyWhereAddressesCameBack() throws {
    var example = TraceExample()
    let allocated = [Int64](repeating: 160, count: 12)
    example.add(
      size: 256, frames: ["kmalloc_trace+0x1/0x2", "__do_sys_timerfd_create+0x1/0x2"],
      left: allocated.map { $0 * 3 / 4 }, allocated: allocated, reused: allocated.map { $0 / 4 })
    example.book(cache: "kmalloc-256", size: 256, gained: 1440)
    #expect(try only(example).judgement == .freedUnseen)
  }

  @Test(
    "is none of what is given back or held for programs",
    arguments: [
      ("dentry", true, TraceGroup.Judgement.cache), ("buffer_head", true, .cache),
      ("filp", false, .heldForUserSpace), ("task_struct", nil, .heldForUserSpace),
      ("leaky_cache", true, .cache), ("leaky_cache", false, .rising), ("leaky_cache", nil, .rising),
    ] as [(String, Bool?, TraceGroup.Judgement)])
  func isNoneOfWhatIsGivenBack(_ name: String, _ flag: Bool?, _ judgement: TraceGroup.Judgement)
    throws
  {
    var example = TraceExample()
    example.add(
      .cache, size: 192, cache: name, frames: ["kmem_cache_alloc+0x1/0x2"] + leak.suffix(2))
    example.book(cache: name, size: 192, gained: 7680, isReclaimable: flag)
    #expect(try only(example).judgement == judgement)
  }

  @Test("is none of what belongs to an inode or a directory entry, whatever its cache says")
  func isNoneOfWhatBelongsToAnInode() throws {
    var example = TraceExample()
    example.add(
      .cache, size: 80, cache: "pool_workqueue",
      frames: ["kmem_cache_alloc+0x1/0x2", "security_inode_alloc+0x1/0x2", "alloc_inode+0x1/0x2"])
    example.book(cache: "pool_workqueue", size: 80, gained: 7680)
    #expect(try only(example).judgement == .cache)
  }

  @Test("is none of what each open file has, also in a cache that is one with others")
  func isNoneOfWhatAFileHas() throws {
    var example = TraceExample()
    example.add(
      .cache, size: 56, cache: "ftrace_event_field",
      frames: [
        "kmem_cache_alloc_noprof+0x1/0x2", "security_file_alloc+0x1/0x2", "init_file+0x1/0x2",
        "alloc_empty_file+0x1/0x2", "do_eventfd+0x1/0x2",
      ])
    example.book(cache: "ftrace_event_field", size: 56, gained: 7680)
    #expect(try only(example).judgement == .heldForUserSpace)
  }

  @Test(
    "is the owner once: pages of slabs, per-CPU chunks, programs and page tables don't count again",
    arguments: [
      "allocate_slab", "pcpu_populate_chunk", "__pte_alloc", "handle_mm_fault",
      "__vmalloc_area_node",
      "__kmalloc_large_node", "depot_alloc_stack",
    ])
  func isTheOwnerOnce(_ frame: String) {
    var example = TraceExample()
    example.add(.pages, size: 4096, frames: ["\(frame)+0x1/0x2"] + leak.suffix(2))
    example.book(.unaccounted, gained: 32 << 20)
    #expect(example.report.groups.isEmpty)
  }

  @Test("keeps loose pages, which only the books' rest shows")
  func keepsLoosePages() throws {
    var example = TraceExample()
    example.add(.pages, size: 4096, frames: ["anon_pipe_write+0x1/0x2", "vfs_write+0x1/0x2"])
    example.book(.unaccounted, gained: 30 << 20)
    #expect(try only(example).judgement == .rising)
    #expect(try only(example).bytes == 7680 * 4096)
  }

  @Test("isn't split by what a timer interrupts")
  func isntSplitByWhatATimerInterrupts() throws {
    var example = TraceExample()
    for task in ["do_syscall_64", "exc_page_fault"] {
      example.add(
        frames: [
          "kmalloc_trace+0x1/0x2", "leaky_tick+0x1/0x2 [leaky]",
          "asm_sysvec_apic_timer_interrupt+0x1/0x2",
          "\(task)+0x1/0x2",
        ], left: TraceExample.steady.map { $0 / 10 })
    }
    example.book(cache: "kmalloc-2k", size: 2048, gained: 1536)
    let group = try only(example)
    #expect(example.report.groups.count == 1)
    #expect(group.stacks == 2)
    #expect(group.left == 1536)
    #expect(group.frames.count == 3)
  }

  @Test("is passed over by the user's rule, and the caller is named")
  func isPassedOverByTheUsersRule() throws {
    var example = TraceExample()
    example.add(frames: leak)
    example.book(cache: "kmalloc-2k", size: 2048, gained: 7680)
    let rules = FrameRules([try FrameRule("leaky_*", place: "--skip-frame")])
    let report = TraceReport(example.record, frameRules: rules)
    #expect(report.groups.first?.culprit?.name == "vfs_write")
  }

  @Test("is unsure where more than a hundredth of the events was lost")
  func isUnsureWhereEventsWereLost() {
    var example = TraceExample()
    example.add(frames: leak)
    example.book(cache: "kmalloc-2k", size: 2048, gained: 7680)
    example.record.lost = 1100
    #expect(example.report.conclusion == .lossy)
    example.record.lost = 900
    #expect(example.report.conclusion == .rising)
    // What the kernel skips is a share of all events, however few of them are followed.
    example.record.seen = 1_000_000
    example.record.missed = 900
    example.record.kept = 100
    example.record.lost = 0
    #expect(example.report.conclusion == .rising)
    example.record.missed = 11_000
    #expect(example.report.conclusion == .lossy)
  }

  @Test("keeps amounts of a sample apart from the whole, which the books are held against")
  func keepsAmountsOfASampleApart() throws {
    var example = TraceExample(sampling: 16)
    example.add(frames: leak, left: TraceExample.steady.map { $0 / 16 })
    example.book(cache: "kmalloc-2k", size: 2048, gained: 480)
    #expect(try only(example).judgement == .withoutGrowth)
    example.record.books = []
    example.book(cache: "kmalloc-2k", size: 2048, gained: 7680)
    #expect(try only(example).judgement == .rising)
  }

  @Test(
    "is named among others that use the same function well, if what stays is as old as the trace")
  func isNamedAmongOthersThatUseTheFunctionWell() throws {
    var example = TraceExample()
    let allocated = TraceExample.steady.map { $0 * 10 }
    example.add(
      .pages, size: 4096, frames: ["anon_pipe_write+0x1/0x2"], allocated: allocated,
      freed: allocated.map { $0 * 9 / 10 })
    example.book(.unaccounted, gained: 28 << 20)
    #expect(try only(example).judgement == .rising)
    example.record.sums[0].left = [300, 320, 340, 360, 380, 400, 500, 600, 640, 700, 740, 780]
    #expect(try only(example).judgement == .partly)
  }

  @Test("tells growth for which no traced allocation accounts")
  func tellsGrowthWithoutACulprit() {
    var example = TraceExample()
    example.book(cache: "kmalloc-1k", size: 1024, gained: 4096)
    example.book(cache: "dentry", size: 192, gained: 400_000, isReclaimable: true)
    #expect(
      example.report.unexplained == [
        TraceReport.Unexplained(subject: .kmalloc(size: 1024), growth: 4 << 20, traced: 0)
      ])
    example.record.kinds = [.pages]
    #expect(example.report.unexplained.isEmpty)
  }

  @Test("tells what the code of an unloaded module left by its address")
  func tellsAnUnnamedAddress() throws {
    var example = TraceExample()
    example.add(frames: ["0xffffffffc0aa0010", "kmalloc_trace+0x1/0x2", "0xffffffffc0123456"])
    example.book(cache: "kmalloc-2k", size: 2048, gained: 7680)
    #expect(try only(example).culprit?.printed == "0xffffffffc0123456")
  }
}
