import KmemTestSupport
import Testing

@testable import KmemAnalysis

/// Made-up machines of known truth: what is said of the whole, and who is named.
@Suite struct WatchReportTests {
  @Test func `a leak of a module is named by its line, with the cache it fills`() {
    let line = Self.line("drivers/x/x.c", 8, "x_take", "x")
    let report = report([
      course(line, mebibytesHourly: 60),
      course(.module("x"), mebibytesHourly: 60),
      course(.slabCache("kmalloc-2k"), mebibytesHourly: 63),
      course(.memoryClass(.slabUnreclaimable), mebibytesHourly: 64),
      course(.side(.kernel), mebibytesHourly: 64),
      course(.system, mebibytesHourly: 64),
    ])
    #expect(report.conclusion == .growing)
    #expect(report.culprit?.id == line)
    #expect(report.place?.id == .slabCache("kmalloc-2k"))
    #expect(report.inUse?.verdict.conclusion == .growing)
    let exhaustion = report.culprit?.verdict.exhaustion ?? 0
    #expect(abs(exhaustion / 3600 - 8192 / 60) < 10)
  }

  @Test func `a line of the kernel itself accuses nobody where no class grows`() {
    let line = Self.line("lib/xarray.c", 308, "xas_alloc")
    let alone = report([
      course(line, mebibytesHourly: 60),
      course(.memoryClass(.pageCache), mebibytesHourly: 900),
    ])
    #expect(alone.conclusion == .cache)
    #expect(alone.culprit == nil)
    #expect(alone.lines.map(\.id) == [line])
    let both = report([
      course(line, mebibytesHourly: 60),
      course(.slabCache("kmalloc-512"), mebibytesHourly: 60),
    ])
    #expect(both.culprit?.id == line)
  }

  @Test func `lines of a filesystem say who, where its cache grows, and accuse nobody`() {
    let line = Self.line("fs/ext4/extents.c", 100, "ext4_find_extent", "ext4")
    let alone = report([course(line, mebibytesHourly: 60)])
    #expect(alone.conclusion == .stable)
    let both = report([
      course(line, mebibytesHourly: 60),
      course(.slabCache("kmalloc-512"), mebibytesHourly: 60),
    ])
    #expect(both.culprit?.id == line)
  }

  @Test func `unreclaimable slab that grows with a filesystem's inodes is cache`() {
    let inodes = course(.memoryClass(.slabReclaimable), mebibytesHourly: 300)
    let beside = course(.memoryClass(.slabUnreclaimable), mebibytesHourly: 90)
    #expect(report([inodes, beside]).conclusion == .cache)
    let leak = course(.slabCache("kmalloc-512"), mebibytesHourly: 80)
    #expect(report([inodes, beside, leak]).culprit?.id == .slabCache("kmalloc-512"))
  }

  @Test func `slab that grows by mappings that programs hold isn't the kernel's own`() {
    let courses = [
      course(.memoryClass(.slabUnreclaimable), mebibytesHourly: 39),
      course(.slabCache("vm_area_struct"), mebibytesHourly: 25),
      course(.slabCache("vma_lock"), mebibytesHourly: 7),
    ]
    #expect(report(courses).conclusion == .heldForUserSpace)
    #expect(report(courses).growing.allSatisfy { !$0.isKernels })
    let leak = course(.slabCache("kmalloc-2k"), mebibytesHourly: 60)
    #expect(report(courses + [leak]).culprit?.id == .slabCache("kmalloc-2k"))
  }

  @Test func `vectors of accounting that grow with a filesystem's cache are cache, sure or not`() {
    let courses = [
      course(.memoryClass(.pageCache), mebibytesHourly: 3800),
      course(.memoryClass(.slabReclaimable), mebibytesHourly: 420, noise: 4_000_000),
      course(.memoryClass(.slabUnreclaimable), mebibytesHourly: 110),
      course(.slabCache("kmalloc-1k"), mebibytesHourly: 98),
      course(.side(.kernel), mebibytesHourly: 108),
    ]
    #expect(!report(courses).isFinding)
    let other = course(.slabCache("own_cache"), mebibytesHourly: 98)
    #expect(report(courses + [other]).conclusion == .growing)
    let faster = course(.slabCache("kmalloc-2k"), mebibytesHourly: 300)
    #expect(report(courses + [faster]).culprit?.id == .slabCache("kmalloc-2k"))
  }

  @Test func `memory in use that grows because little cache is counted as available is cache`() {
    let courses = [
      course(.system, mebibytesHourly: 2200),
      course(.side(.cache), mebibytesHourly: 4200),
      course(.side(.kernel)), course(.side(.userSpace)),
    ]
    #expect(report(courses).conclusion == .cache)
    let leak = course(.side(.kernel), mebibytesHourly: 300)
    #expect(report(courses.filter { $0.id != .side(.kernel) } + [leak]).conclusion == .growing)
  }

  @Test func `a program that leaks is named by its process, not by the sums it is in`() {
    let report = report([
      course(Self.process(812, "leaky", .memory), mebibytesHourly: 42),
      course(.command("leaky"), mebibytesHourly: 42),
      course(.cgroup("system.slice"), mebibytesHourly: 43),
      course(.cgroup("system.slice/leaky.service"), mebibytesHourly: 42),
      course(.memoryClass(.anonymous), mebibytesHourly: 44, noise: 400_000),
      course(.side(.userSpace), mebibytesHourly: 44, noise: 400_000),
    ])
    #expect(report.conclusion == .userSpace)
    #expect(report.culprit?.id == Self.process(812, "leaky", .memory))
    let groups = report.growing.filter { $0.id.kind == .cgroup }.map(\.id.key)
    #expect(groups == ["system.slice/leaky.service"])
  }

  @Test func `shared memory that grows is held for user space, and its process is named`() {
    let report = report([
      course(.memoryClass(.shmem), mebibytesHourly: 42),
      course(Self.process(5, "leaky", .shared), mebibytesHourly: 42),
      course(.side(.userSpace), mebibytesHourly: 42),
      course(.system, mebibytesHourly: 42),
    ])
    #expect(report.conclusion == .heldForUserSpace)
    #expect(report.culprit?.id == Self.process(5, "leaky", .shared))
  }

  @Test func `a process that touches more of a shared segment accuses nobody`() {
    let report = report([
      course(Self.process(5, "postgres", .shared), mebibytesHourly: 42)
    ])
    #expect(report.conclusion == .stable)
  }

  @Test func `a rate just below what matters is open as long as it may be sure soon`() {
    // 62 minutes of 1,020 KiB an hour: after warm-up not yet a MiB.
    let slow = course(Self.process(5, "leaky", .memory), mebibytesHourly: 0.996, noise: 0)
    let report = report([slow], samples: 372)
    #expect(report.conclusion == .notEnough)
    #expect(report.openRow?.id == Self.process(5, "leaky", .memory))
    #expect((report.secondsNeeded ?? 0) < 1800)
  }

  @Test func `a rise that takes days to matter keeps nothing from being stable`() {
    let slow = course(Self.process(5, "logger", .memory), mebibytesHourly: 0.05, noise: 0)
    #expect(report([slow], samples: 372).conclusion == .stable)
  }

  @Test func `open files that leak are named by their process, and explain the kernel's growth`() {
    let report = report(
      [
        things(.count(.openFiles), hourly: 10_800),
        things(Self.process(5, "leaky", .files), hourly: 10_800),
        course(.slabCache("filp"), mebibytesHourly: 2.6),
        course(.slabCache("kmalloc-64"), mebibytesHourly: 4),
        course(.side(.kernel), mebibytesHourly: 4),
      ], samples: 720)
    #expect(report.conclusion == .heldForUserSpace)
    #expect(report.culprit?.id == Self.process(5, "leaky", .files))
    #expect(report.place?.id.kind == .slabCache)
    let kmalloc = report.growing.first { $0.id == .slabCache("kmalloc-64") }
    #expect(kmalloc?.explanation == .counts([.openFiles]))
    #expect(report.growing.allSatisfy { !$0.isKernels })
  }

  @Test func `a leak of the kernel that is faster than open files explain stays one`() {
    let report = report([
      things(.count(.openFiles), hourly: 600),
      course(.slabCache("kmalloc-64"), mebibytesHourly: 60),
    ])
    #expect(report.conclusion == .growing)
    #expect(report.culprit?.id == .slabCache("kmalloc-64"))
  }

  @Test func `per-CPU memory that leaks is named by its class, not by its tables in vmalloc`() {
    let courses = [
      course(.memoryClass(.percpu), mebibytesHourly: 60),
      course(.memoryClass(.vmalloc), mebibytesHourly: 63),
      course(
        .vmallocCaller(VmallocCaller(caller: "pcpu_create_chunk+0xba/0x14d", module: nil)),
        mebibytesHourly: 61),
      course(.side(.kernel), mebibytesHourly: 123),
    ]
    let report = report(courses)
    #expect(report.conclusion == .growing)
    #expect(report.culprit?.id == .memoryClass(.percpu))
    #expect(report.culprit?.explanation == .percpuTables)
    #expect(report.growing.map(\.id) == [.memoryClass(.percpu)])
  }

  @Test func `vmalloc that leaks beside per-CPU memory is still accused`() {
    let report = report([
      course(.memoryClass(.percpu), mebibytesHourly: 60),
      course(.memoryClass(.vmalloc), mebibytesHourly: 360),
      course(
        .vmallocCaller(VmallocCaller(caller: "pcpu_create_chunk+0xba/0x14d", module: nil)),
        mebibytesHourly: 61),
      course(
        .vmallocCaller(VmallocCaller(caller: "x_take+0x14/0x32", module: "x")), mebibytesHourly: 300
      ),
    ])
    #expect(report.culprit?.id.key == "x_take+0x14/0x32 [x]")
    #expect(Set(report.growing.map(\.id.key)).isSuperset(of: ["percpu", "vmalloc"]))
    #expect(!report.growing.contains { $0.id.key.hasPrefix("pcpu_") })
  }

  @Test func `pages in no class are nothing that kmemleak follows, slab is`() {
    let pages = report([course(.memoryClass(.unaccounted), mebibytesHourly: 60)])
    #expect(pages.isOfLoosePages)
    let line = report([
      course(Self.line("drivers/x/x.c", 8, "x_take", "x"), mebibytesHourly: 60),
      course(.memoryClass(.unaccounted), mebibytesHourly: 60),
    ])
    #expect(line.isOfLoosePages)
    let slab = report([course(.memoryClass(.slabUnreclaimable), mebibytesHourly: 60)])
    #expect(!slab.isOfLoosePages)
  }

  @Test func `nothing that grows is stable`() {
    let report = report([
      course(.system), course(Self.process(1, "init", .memory)),
    ])
    #expect(report.conclusion == .stable)
    #expect(!report.isFinding)
    #expect(report.secondsNeeded == nil)
  }

  @Test func `too few samples decide nothing, and say how many more it takes`() {
    let report = report(
      [course(.system, mebibytesHourly: 600)], samples: 10)
    #expect(report.conclusion == .notEnough)
    #expect(report.secondsNeeded == 50)
  }

  @Test func `a cache that fills up and then stays is no finding`() {
    var fill = course(Self.process(9, "filler", .memory))
    fill.shape = { min($0, 0.15) * 400 * Self.mebibyte }
    #expect(report([fill], samples: 360).conclusion == .stable)
  }

  @Test func `a garbage collector is no finding`() {
    var teeth = course(Self.process(9, "java", .memory))
    teeth.shape = { ($0 * 25).truncatingRemainder(dividingBy: 1) * 100 * Self.mebibyte }
    #expect(report([teeth], samples: 360).conclusion == .stable)
  }

  @Test func `asked about one process, another one that leaks isn't the answer`() {
    let courses = [
      course(Self.process(812, "leaky", .memory), mebibytesHourly: 42),
      course(Self.process(813, "other", .memory)),
      course(.side(.userSpace), mebibytesHourly: 42),
    ]
    #expect(report(courses, only: [813]).conclusion == .stable)
    #expect(report(courses, samples: 14, only: [813]).conclusion == .notEnough)
    #expect(report(courses, only: [812]).culprit?.id.process?.pid == 812)
  }

  @Test func `the kernel's growth is named first, unless it is less than a tenth of the largest`() {
    let program = course(Self.process(812, "leaky", .memory), mebibytesHourly: 400)
    let kernel = course(.slabCache("kmalloc-2k"), mebibytesHourly: 60)
    #expect(report([program, kernel]).conclusion == .growing)
    #expect(report([program, kernel]).culprit?.id == kernel.id)
    let small = course(.slabCache("kmalloc-2k"), mebibytesHourly: 20)
    #expect(report([program, small]).culprit?.id == program.id)
  }

  @Test func `what is held for user space and grows fastest is what is named`() {
    let stacks = course(.memoryClass(.kernelStacks), mebibytesHourly: 200)
    let program = course(Self.process(812, "leaky", .memory), mebibytesHourly: 25)
    #expect(report([stacks, program]).conclusion == .heldForUserSpace)
    #expect(report([stacks, program]).culprit?.id == stacks.id)
  }

  @Test func `what debugging holds is never accused`() {
    #expect(report([course(.slabCache("kmemleak_object"), mebibytesHourly: 400)]).growing.isEmpty)
  }
}
