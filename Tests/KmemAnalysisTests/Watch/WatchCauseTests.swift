import KmemTestSupport
import Testing

@testable import KmemAnalysis

/// Growth with a cause that is counted: the cause is named, and what comes with it isn't.
extension WatchReportTests {
  static func leaky(_ facet: ProcessFacet) -> SeriesID { process(5, "leaky", facet) }

  @Test func `threads are named, not the stacks, tables and memory that they need`() {
    let report = report([
      things(.count(.threads), hourly: 2000),
      things(Self.leaky(.threads), hourly: 2000),
      course(Self.leaky(.memory), mebibytesHourly: 24),
      course(.command("leaky"), mebibytesHourly: 40),
      course(Self.leaky(.space), mebibytesHourly: 16_000),
      course(.memoryClass(.anonymous), mebibytesHourly: 25),
      course(.memoryClass(.kernelStacks), mebibytesHourly: 32),
      course(.memoryClass(.pageTables), mebibytesHourly: 8),
      course(.slabCache("task_struct"), mebibytesHourly: 20),
      course(.memoryClass(.slabUnreclaimable), mebibytesHourly: 24),
      course(.side(.kernel), mebibytesHourly: 4),
      course(.system, mebibytesHourly: 89),
    ])
    #expect(report.conclusion == .heldForUserSpace)
    #expect(report.culprit?.id == Self.leaky(.threads))
    #expect(report.place?.id == .memoryClass(.kernelStacks))
    #expect(report.beside.isEmpty)
    let memory = report.growing.first { $0.id == Self.leaky(.memory) }
    #expect(memory?.explanation == .counts([.threads]))
    let command = report.growing.first { $0.id == .command("leaky") }
    #expect(
      command?.explanation == .counts([.threads]), "the command is the same process once more")
    #expect(!report.growing.contains { $0.id.kind == .processSpace })
  }

  @Test func `a program whose memory grows by more than its threads need is named by its memory`() {
    let report = report([
      things(.count(.threads), hourly: 300),
      things(Self.leaky(.threads), hourly: 300),
      course(Self.leaky(.memory), mebibytesHourly: 900),
    ])
    #expect(report.conclusion == .userSpace)
    #expect(report.culprit?.id == Self.leaky(.memory))
    #expect(report.beside.map(\.id) == [Self.leaky(.threads)])
  }

  @Test func `children that are kept are named by their parent, not by their command's memory`() {
    let report = report([
      things(.count(.threads), hourly: 1000), things(.count(.processes), hourly: 1000),
      things(Self.leaky(.children), hourly: 1000),
      things(.commandProcesses("worker"), hourly: 1000),
      Course(id: .command("worker"), start: 1000 * 300_000, hourly: 1000 * 300_000),
      course(.memoryClass(.pageTables), mebibytesHourly: 60),
      course(.memoryClass(.kernelStacks), mebibytesHourly: 16),
      course(.memoryClass(.anonymous), mebibytesHourly: 290),
    ])
    #expect(report.conclusion == .heldForUserSpace)
    #expect(report.culprit?.id == Self.leaky(.children))
    let orphans = self.report([
      things(.count(.threads), hourly: 1000), things(.count(.processes), hourly: 1000),
      things(.commandProcesses("worker"), hourly: 1000),
      course(.memoryClass(.pageTables), mebibytesHourly: 60),
    ])
    #expect(orphans.culprit?.id == .commandProcesses("worker"))
  }

  @Test func `zombies are named by the parent that doesn't wait, and are no mere threads`() {
    let courses = [
      things(.count(.threads), hourly: 3000), things(.count(.zombies), hourly: 3000),
      course(.slabCache("task_struct"), mebibytesHourly: 30),
      course(.memoryClass(.slabUnreclaimable), mebibytesHourly: 40),
    ]
    let known = report(courses + [things(Self.leaky(.zombies), hourly: 3000)])
    #expect(known.conclusion == .heldForUserSpace)
    #expect(known.culprit?.id == Self.leaky(.zombies))
    #expect(report(courses).culprit?.id == .count(.zombies))
  }

  @Test func `pages in pipes are held for the program whose descriptors grow`() {
    // 500 pipes an hour, each with 64 KiB that nobody reads.
    let courses = [
      things(.count(.openFiles), hourly: 1000), things(Self.leaky(.files), hourly: 1000),
      course(.memoryClass(.unaccounted), mebibytesHourly: 31),
      course(.side(.unaccounted), mebibytesHourly: 31),
      course(.slabCache("kmalloc-cg-1k"), mebibytesHourly: 0.6),
    ]
    let report = report(courses)
    #expect(report.conclusion == .heldForUserSpace)
    #expect(report.culprit?.id == Self.leaky(.files))
    #expect(report.place?.id == .memoryClass(.unaccounted))
    let pages = report.growing.first { $0.id == .memoryClass(.unaccounted) }
    #expect(pages?.explanation == .contents(Self.leaky(.files).process))
    #expect(report.growing.allSatisfy { !$0.isKernels })
  }

  @Test
  func `pages in pipes are held for user space before the program is known that has the pipes`() {
    let pages = course(.memoryClass(.unaccounted), mebibytesHourly: 31)
    let early = report([things(.count(.openFiles), hourly: 1000), pages])
    #expect(early.conclusion == .heldForUserSpace)
    #expect(early.culprit?.id == .count(.openFiles))
    let still = report([things(.count(.openFiles), hourly: 0), pages])
    #expect(still.conclusion == .growing)
    // One program has them all, and they are files that hold nothing.
    var plain = DescriptorKinds()
    for _ in 0..<20 { plain.add(link: "/var/log/syslog") }
    let known = report(
      [things(.count(.openFiles), hourly: 1000), things(Self.leaky(.files), hourly: 990), pages],
      descriptors: [5: plain])
    #expect(known.conclusion == .growing)
  }

  @Test func `full queues of sockets are held for user space before their program is known`() {
    // What a quiet guest showed: 10 pairs a second, each with 280 KiB that nobody reads.
    let courses = [
      things(.count(.openFiles), hourly: 690), things(.count(.sockets), hourly: 690),
      course(.memoryClass(.unaccounted), mebibytesHourly: 59),
      course(Self.line("net/core/skbuff.c", 6700, "alloc_skb_with_frags"), mebibytesHourly: 59),
      course(.slabCache("kmalloc-cg-512"), mebibytesHourly: 7.4),
      course(.slabCache("skbuff_head_cache"), mebibytesHourly: 3.7),
      course(.memoryClass(.slabUnreclaimable), mebibytesHourly: 12),
    ]
    let report = report(courses)
    #expect(report.conclusion == .heldForUserSpace)
    #expect(report.culprit?.id == .count(.sockets))
    #expect(report.growing.allSatisfy { !$0.isKernels })
    let module = course(Self.line("drivers/x.c", 7, "x_take", "x"), mebibytesHourly: 59)
    #expect(self.report(courses + [module]).conclusion == .growing, "a module's pages are its own")
  }

  @Test
  func `pages that files may explain aren't blamed on the kernel while the files may be growing`()
    throws
  {
    let reports = stride(from: 40.0, through: 300, by: 10).lazy.map { noise in
      self.report(
        [
          Course(id: Self.leaky(.files), start: 1000, hourly: 1000, noise: noise),
          self.course(.memoryClass(.unaccounted), mebibytesHourly: 31),
        ], samples: 60)
    }
    let report = try #require(
      reports.first { report in report.open.contains { $0.id == Self.leaky(.files) } })
    #expect(report.conclusion == .heldForUserSpace)
    #expect(report.culprit?.explanation == .contents(Self.leaky(.files).process))
  }

  @Test func `pages beside plain files that a program opens are the kernel's own`() {
    let courses = [
      things(.count(.openFiles), hourly: 1000), things(Self.leaky(.files), hourly: 1000),
      course(.memoryClass(.unaccounted), mebibytesHourly: 100),
    ]
    func report(_ link: String) -> WatchReport {
      var kinds = DescriptorKinds()
      for _ in 0..<20 { kinds.add(link: link) }
      return self.report(courses, descriptors: [5: kinds])
    }
    #expect(report("/var/log/syslog").conclusion == .growing)
    #expect(report("/var/log/syslog").culprit?.id == .memoryClass(.unaccounted))
    for link in ["pipe:[8123]", "socket:[99]", "anon_inode:bpf-map", "anon_inode:[io_uring]"] {
      #expect(report(link).conclusion == .heldForUserSpace, "\(link)")
    }
    #expect(report("anon_inode:[eventfd]").conclusion == .growing)
  }

  /// What a busy guest showed: neither the sockets nor the program's descriptors were sure to grow yet.
  @Test func `the program whose sockets may be growing is named where all open files surely do`()
    throws
  {
    let files = Self.leaky(.files)
    let reports = (15..<60).lazy.flatMap { samples in
      [2.0, 4, 6, 8, 10, 14, 18, 24, 30].lazy.map { noise in
        self.report(
          [
            Course(id: files, start: 1000, hourly: 1000, noise: noise),
            Course(id: .count(.sockets), start: 1000, hourly: 1000, noise: noise),
            self.things(.count(.openFiles), hourly: 1000),
            self.course(.memoryClass(.unaccounted), mebibytesHourly: 90),
            self.course(.memoryClass(.slabUnreclaimable), mebibytesHourly: 2),
          ], samples: samples)
      }
    }
    let report = try #require(
      reports.first { report in
        report.open.contains { $0.id == .count(.sockets) }
          && report.open.contains { $0.id == files && abs($0.rate * 3600 - 1000) < 200 }
          && report.growing.contains { $0.id == .count(.openFiles) }
      })
    #expect(report.conclusion == .heldForUserSpace)
    #expect(report.culprit?.id == files)
  }

  /// What four programs showed that leak at once on one machine: zombies, threads, plain files, and pipes
  /// that hold more than all others together.
  @Test func `of several leaks at once the one that holds most is named, where its memory lies`() {
    var pipes = DescriptorKinds()
    var plain = DescriptorKinds()
    for _ in 0..<20 {
      pipes.add(link: "pipe:[8123]")
      plain.add(link: "/var/log/syslog")
    }
    let holder = Self.process(63, "holder", .files)
    let report = report(
      [
        things(.count(.threads), hourly: 213_000), things(.count(.zombies), hourly: 177_000),
        things(.count(.openFiles), hourly: 677_000), things(holder, hourly: 143_000),
        things(Self.process(61, "parent", .zombies), hourly: 177_000),
        things(Self.process(62, "opener", .files), hourly: 534_000),
        things(Self.process(64, "spinner", .threads), hourly: 36_000),
        course(.memoryClass(.unaccounted), mebibytesHourly: 4400),
        course(.memoryClass(.slabUnreclaimable), mebibytesHourly: 2200),
        course(.slabCache("task_struct"), mebibytesHourly: 1200),
        course(.memoryClass(.kernelStacks), mebibytesHourly: 560),
      ], descriptors: [63: pipes, 62: plain])
    #expect(report.conclusion == .heldForUserSpace)
    #expect(report.culprit?.id == holder)
    #expect(report.place?.id == .memoryClass(.unaccounted))
    #expect(report.beside.contains { $0.id == Self.process(61, "parent", .zombies) })
  }

  @Test func `queues of sockets that grow explain the pages that they are`() {
    let buffers = Course(id: .count(.socketBuffers), start: 100, hourly: 20_000, noise: 1)
    let report = report([
      buffers, course(.memoryClass(.unaccounted), mebibytesHourly: 60),
      course(.slabCache("skbuff_head_cache"), mebibytesHourly: 5),
    ])
    #expect(report.conclusion == .heldForUserSpace)
    #expect(report.culprit?.id == .count(.socketBuffers))
  }

  @Test func `address space is named where nothing else of its process grows`() {
    let space = course(Self.leaky(.space), mebibytesHourly: 4000)
    #expect(report([space]).conclusion == .userSpace)
    #expect(report([space]).culprit?.id == Self.leaky(.space))
    let mappings = course(.slabCache("vm_area_struct"), mebibytesHourly: 8)
    #expect(report([space, mappings]).conclusion == .heldForUserSpace)
    #expect(report([space, mappings]).culprit?.id == Self.leaky(.space))
    let memory = course(Self.leaky(.memory), mebibytesHourly: 40)
    #expect(report([space, memory]).culprit?.id == Self.leaky(.memory))
    #expect(report([course(Self.leaky(.space), mebibytesHourly: 40)]).conclusion == .stable)
  }

  @Test func `threads that aren't sure yet are named before the memory that they need`() {
    let threads = things(Self.leaky(.threads), hourly: 2000)
    let uneven = Course(id: threads.id, start: 1000, hourly: 2000, noise: 150)
    #expect(report([uneven]).open.map(\.id) == [threads.id], "by itself it isn't sure")
    let all = report([uneven, course(.memoryClass(.kernelStacks), mebibytesHourly: 20)])
    #expect(all.conclusion == .heldForUserSpace)
    #expect(all.culprit?.id == threads.id)
  }

  @Test func `slab that may grow by its mappings isn't named before the address space`() {
    let slab = course(.memoryClass(.slabUnreclaimable), mebibytesHourly: 12, noise: 1_200_000)
    #expect(report([slab]).open.map(\.id) == [slab.id], "by itself it isn't sure")
    let all = report([
      slab, course(.slabCache("vm_area_struct"), mebibytesHourly: 11),
      course(Self.leaky(.space), mebibytesHourly: 60_000),
    ])
    #expect(all.conclusion == .heldForUserSpace)
    #expect(all.culprit?.id == Self.leaky(.space))
    #expect(all.growing.first { $0.id == slab.id }?.explanation == .space)
  }

  @Test func `files that programs don't have more of are the kernel's own`() {
    let kept = [
      course(.slabCache("filp"), mebibytesHourly: 60),
      course(.memoryClass(.slabUnreclaimable), mebibytesHourly: 62),
    ]
    let still = report(kept + [things(.count(.openFiles), hourly: 0)])
    #expect(still.conclusion == .growing)
    #expect(still.culprit?.id == .slabCache("filp"))
    #expect(still.culprit?.explanation == .uncounted(.openFiles))
    #expect(report(kept).conclusion == .heldForUserSpace, "without a count nothing is known")
    let open = report(kept + [things(.count(.openFiles), hourly: 240_000)])
    #expect(open.conclusion == .heldForUserSpace)
  }

  @Test func `stacks of threads that ended are the kernel's own`() {
    let stacks = course(.memoryClass(.kernelStacks), mebibytesHourly: 60)
    let report = report([stacks, things(.count(.threads), hourly: 0)])
    #expect(report.conclusion == .growing)
    #expect(report.culprit?.id == .memoryClass(.kernelStacks))
  }

  @Test func `three leaks of one program: the fastest is named, and the others beside it`() {
    let report = report([
      course(Self.leaky(.memory), mebibytesHourly: 300),
      course(Self.leaky(.shared), mebibytesHourly: 200),
      course(.memoryClass(.shmem), mebibytesHourly: 200),
      things(Self.leaky(.files), hourly: 600), things(.count(.openFiles), hourly: 600),
    ])
    #expect(report.culprit?.id == Self.leaky(.memory))
    #expect(Set(report.beside.map(\.id)).isSuperset(of: [Self.leaky(.shared), Self.leaky(.files)]))
  }
}
