import KmemTestSupport
import Testing

@testable import KmemAnalysis

/// Made-up machines of known truth: what is said of the whole, and who is named.
@Suite struct WatchReportTests {
  private static let mebibyte = 1_048_576.0

  /// An amount over time: what it begins with, and what it gains an hour.
  struct Course {
    let subject: Subject
    let role: AmountRole
    var start = 50 * WatchReportTests.mebibyte
    var hourly = 0.0
    /// Standard deviation of the noise.
    var noise = 65536.0
    /// What it gains by the share of the time that has passed.
    var shape: (Double) -> Double = { _ in 0 }
  }

  private func course(
    _ kind: Subject.Kind, _ name: String, _ role: AmountRole, mebibytesHourly rate: Double = 0,
    noise: Double = 65536
  ) -> Course {
    Course(
      subject: Subject(kind: kind, name: name), role: role, hourly: rate * Self.mebibyte,
      noise: noise)
  }

  private func things(_ kind: Subject.Kind, _ name: String, hourly: Double) -> Course {
    Course(
      subject: Subject(kind: kind, name: name), role: .userSpace, start: 1000, hourly: hourly,
      noise: 1)
  }

  /// Samples every 10 seconds, beside a machine on which nothing grows.
  private func report(
    _ courses: [Course], samples: Int = 120, only pids: Set<Int> = []
  ) -> WatchReport {
    var random = SeededGenerator(seed: 11)
    let quiet = (0..<40).map { course(.cache, "quiet-\($0)", .kernel) }
    var table = SampleTable()
    for row in 0..<samples {
      let share = Double(row) / Double(samples - 1)
      var amounts: [Subject: OwnedAmount] = [:]
      for course in courses + quiet {
        let gained = course.hourly * Double(row) / 360 + course.shape(share)
        let value = max(0, course.start + gained + course.noise * random.normal())
        amounts[course.subject] = OwnedAmount(value: Int64(value), role: course.role)
      }
      table.append(amounts, at: Int64(row) * 10_000_000_000)
    }
    return WatchReport([table], facts: WatchFacts(), available: 8 << 30, only: pids)
  }

  @Test func `a leak of a module is named by its line, with the cache it fills`() {
    let line = "drivers/x/x.c:8 x_take [x]"
    let report = report([
      course(.allocationLine, line, .kernel, mebibytesHourly: 60),
      course(.module, "x", .kernel, mebibytesHourly: 60),
      course(.cache, "kmalloc-2k", .kernel, mebibytesHourly: 63),
      course(.memoryClass, "slab, unreclaimable", .kernel, mebibytesHourly: 64),
      course(.side, "the kernel", .kernel, mebibytesHourly: 64),
      course(.side, "memory in use", .kernel, mebibytesHourly: 64),
    ])
    #expect(report.word == .growing)
    #expect(report.culprit?.subject.name == line)
    #expect(report.place?.subject.name == "kmalloc-2k")
    #expect(report.inUse?.verdict.word == .growing)
    let exhaustion = report.culprit?.verdict.exhaustion ?? 0
    #expect(abs(exhaustion / 3600 - 8192 / 60) < 10)
  }

  @Test func `a line of the kernel itself accuses nobody where no class grows`() {
    let line = "lib/xarray.c:308 xas_alloc"
    let alone = report([
      course(.allocationLine, line, .kernel, mebibytesHourly: 60),
      course(.memoryClass, "page cache", .cache, mebibytesHourly: 900),
    ])
    #expect(alone.word == .cache)
    #expect(alone.culprit == nil)
    #expect(alone.lines.map(\.subject.name) == [line])
    let both = report([
      course(.allocationLine, line, .kernel, mebibytesHourly: 60),
      course(.cache, "kmalloc-512", .kernel, mebibytesHourly: 60),
    ])
    #expect(both.culprit?.subject.name == line)
  }

  @Test func `lines of a filesystem say who, where its cache grows, and accuse nobody`() {
    let line = "fs/ext4/extents.c:100 ext4_find_extent [ext4]"
    let alone = report([course(.allocationLine, line, .kernel, mebibytesHourly: 60)])
    #expect(alone.word == .stable)
    let both = report([
      course(.allocationLine, line, .kernel, mebibytesHourly: 60),
      course(.cache, "kmalloc-512", .kernel, mebibytesHourly: 60),
    ])
    #expect(both.culprit?.subject.name == line)
  }

  @Test func `unreclaimable slab that grows with a filesystem's inodes is cache`() {
    let inodes = course(.memoryClass, "slab, reclaimable", .cache, mebibytesHourly: 300)
    let beside = course(.memoryClass, "slab, unreclaimable", .kernel, mebibytesHourly: 90)
    #expect(report([inodes, beside]).word == .cache)
    let leak = course(.cache, "kmalloc-512", .kernel, mebibytesHourly: 80)
    #expect(report([inodes, beside, leak]).culprit?.subject.name == "kmalloc-512")
  }

  @Test func `slab that grows by mappings that programs hold isn't the kernel's own`() {
    let courses = [
      course(.memoryClass, "slab, unreclaimable", .kernel, mebibytesHourly: 39),
      course(.cache, "vm_area_struct", .userSpace, mebibytesHourly: 25),
      course(.cache, "vma_lock", .userSpace, mebibytesHourly: 7),
    ]
    #expect(report(courses).word == .heldForUserSpace)
    #expect(report(courses).growing.allSatisfy { !$0.isKernels })
    let leak = course(.cache, "kmalloc-2k", .kernel, mebibytesHourly: 60)
    #expect(report(courses + [leak]).culprit?.subject.name == "kmalloc-2k")
  }

  @Test func `vectors of accounting that grow with a filesystem's cache are cache, sure or not`() {
    let courses = [
      course(.memoryClass, "page cache", .cache, mebibytesHourly: 3800),
      course(.memoryClass, "slab, reclaimable", .cache, mebibytesHourly: 420, noise: 4_000_000),
      course(.memoryClass, "slab, unreclaimable", .kernel, mebibytesHourly: 110),
      course(.cache, "kmalloc-1k", .kernel, mebibytesHourly: 98),
      course(.side, "the kernel", .kernel, mebibytesHourly: 108),
    ]
    #expect(!report(courses).isFinding)
    let other = course(.cache, "own_cache", .kernel, mebibytesHourly: 98)
    #expect(report(courses + [other]).word == .growing)
    let faster = course(.cache, "kmalloc-2k", .kernel, mebibytesHourly: 300)
    #expect(report(courses + [faster]).culprit?.subject.name == "kmalloc-2k")
  }

  @Test func `memory in use that grows because little cache is counted as available is cache`() {
    let courses = [
      course(.side, "memory in use", .kernel, mebibytesHourly: 2200),
      course(.side, "cache", .cache, mebibytesHourly: 4200),
      course(.side, "the kernel", .kernel), course(.side, "user space", .program),
    ]
    #expect(report(courses).word == .cache)
    let leak = course(.side, "the kernel", .kernel, mebibytesHourly: 300)
    #expect(report(courses.filter { $0.subject.name != "the kernel" } + [leak]).word == .growing)
  }

  @Test func `a program that leaks is named by its process, not by the sums it is in`() {
    let report = report([
      course(.process, "812 leaky @99", .program, mebibytesHourly: 42),
      course(.command, "leaky", .program, mebibytesHourly: 42),
      course(.cgroup, "system.slice", .program, mebibytesHourly: 43),
      course(.cgroup, "system.slice/leaky.service", .program, mebibytesHourly: 42),
      course(.memoryClass, "anonymous", .program, mebibytesHourly: 44, noise: 400_000),
      course(.side, "user space", .program, mebibytesHourly: 44, noise: 400_000),
    ])
    #expect(report.word == .growing)
    #expect(report.culprit?.subject.title == "process 812 leaky")
    let groups = report.growing.filter { $0.subject.kind == .cgroup }.map(\.subject.name)
    #expect(groups == ["system.slice/leaky.service"])
  }

  @Test func `shared memory that grows is held for user space, and its process is named`() {
    let report = report([
      course(.memoryClass, "shmem and tmpfs", .userSpace, mebibytesHourly: 42),
      course(.processShared, "5 leaky @99", .userSpace, mebibytesHourly: 42),
      course(.side, "user space", .program, mebibytesHourly: 42),
      course(.side, "memory in use", .kernel, mebibytesHourly: 42),
    ])
    #expect(report.word == .heldForUserSpace)
    #expect(report.culprit?.subject.title == "shared memory of process 5 leaky")
  }

  @Test func `a process that touches more of a shared segment accuses nobody`() {
    let report = report([
      course(.processShared, "5 postgres @99", .userSpace, mebibytesHourly: 42)
    ])
    #expect(report.word == .stable)
  }

  @Test func `a rate just below what matters is open as long as it may be sure soon`() {
    // 62 minutes of 1,020 KiB an hour: after warm-up not yet a MiB.
    let slow = course(.process, "5 leaky @99", .program, mebibytesHourly: 0.996, noise: 0)
    let report = report([slow], samples: 372)
    #expect(report.word == .notEnough)
    #expect(report.openRow?.subject.title == "process 5 leaky")
    #expect((report.secondsNeeded ?? 0) < 1800)
  }

  @Test func `a rise that takes days to matter keeps nothing from being stable`() {
    let slow = course(.process, "5 logger @99", .program, mebibytesHourly: 0.05, noise: 0)
    #expect(report([slow], samples: 372).word == .stable)
  }

  @Test func `open files that leak are named by their process, and explain the kernel's growth`() {
    let report = report(
      [
        things(.count, "open files", hourly: 10_800),
        things(.processFiles, "5 leaky @99", hourly: 10_800),
        course(.cache, "filp", .userSpace, mebibytesHourly: 2.6),
        course(.cache, "kmalloc-64", .kernel, mebibytesHourly: 4),
        course(.side, "the kernel", .kernel, mebibytesHourly: 4),
      ], samples: 720)
    #expect(report.word == .heldForUserSpace)
    #expect(report.culprit?.subject.title == "open files of process 5 leaky")
    #expect(report.place?.subject.kind == .cache)
    let kmalloc = report.growing.first { $0.subject.name == "kmalloc-64" }
    #expect(kmalloc?.explanation?.contains("open files") == true)
    #expect(report.growing.allSatisfy { !$0.isKernels })
  }

  @Test func `a leak of the kernel that is faster than open files explain stays one`() {
    let report = report([
      things(.count, "open files", hourly: 600),
      course(.cache, "kmalloc-64", .kernel, mebibytesHourly: 60),
    ])
    #expect(report.word == .growing)
    #expect(report.culprit?.subject.name == "kmalloc-64")
  }

  @Test func `per-CPU memory that leaks is named by its class, not by its tables in vmalloc`() {
    let courses = [
      course(.memoryClass, "percpu", .kernel, mebibytesHourly: 60),
      course(.memoryClass, "vmalloc", .kernel, mebibytesHourly: 63),
      course(.vmallocCaller, "pcpu_create_chunk+0xba/0x14d", .kernel, mebibytesHourly: 61),
      course(.side, "the kernel", .kernel, mebibytesHourly: 123),
    ]
    let report = report(courses)
    #expect(report.word == .growing)
    #expect(report.culprit?.subject.name == "percpu")
    #expect(report.culprit?.explanation == "Its tables grow with it, in vmalloc.")
    #expect(report.growing.map(\.subject.name) == ["percpu"])
  }

  @Test func `vmalloc that leaks beside per-CPU memory is still accused`() {
    let report = report([
      course(.memoryClass, "percpu", .kernel, mebibytesHourly: 60),
      course(.memoryClass, "vmalloc", .kernel, mebibytesHourly: 360),
      course(.vmallocCaller, "pcpu_create_chunk+0xba/0x14d", .kernel, mebibytesHourly: 61),
      course(.vmallocCaller, "x_take+0x14/0x32 [x]", .kernel, mebibytesHourly: 300),
    ])
    #expect(report.culprit?.subject.name == "x_take+0x14/0x32 [x]")
    #expect(Set(report.growing.map(\.subject.name)).isSuperset(of: ["percpu", "vmalloc"]))
    #expect(!report.growing.contains { $0.subject.name.hasPrefix("pcpu_") })
  }

  @Test func `pages in no class are nothing that kmemleak follows, slab is`() {
    let pages = report([course(.memoryClass, "unaccounted", .kernel, mebibytesHourly: 60)])
    #expect(pages.isOfLoosePages)
    let line = report([
      course(.allocationLine, "drivers/x/x.c:8 x_take [x]", .kernel, mebibytesHourly: 60),
      course(.memoryClass, "unaccounted", .kernel, mebibytesHourly: 60),
    ])
    #expect(line.isOfLoosePages)
    let slab = report([course(.memoryClass, "slab, unreclaimable", .kernel, mebibytesHourly: 60)])
    #expect(!slab.isOfLoosePages)
  }

  @Test func `nothing that grows is stable`() {
    let report = report([
      course(.side, "memory in use", .kernel), course(.process, "1 init @1", .program),
    ])
    #expect(report.word == .stable)
    #expect(!report.isFinding)
    #expect(report.secondsNeeded == nil)
  }

  @Test func `too few samples decide nothing, and say how many more it takes`() {
    let report = report(
      [course(.side, "memory in use", .kernel, mebibytesHourly: 600)], samples: 10)
    #expect(report.word == .notEnough)
    #expect(report.secondsNeeded == 50)
  }

  @Test func `a cache that fills up and then stays is no finding`() {
    var fill = course(.process, "9 filler @99", .program)
    fill.shape = { min($0, 0.15) * 400 * Self.mebibyte }
    #expect(report([fill], samples: 360).word == .stable)
  }

  @Test func `a garbage collector is no finding`() {
    var teeth = course(.process, "9 java @99", .program)
    teeth.shape = { ($0 * 25).truncatingRemainder(dividingBy: 1) * 100 * Self.mebibyte }
    #expect(report([teeth], samples: 360).word == .stable)
  }

  @Test func `asked about one process, another one that leaks isn't the answer`() {
    let courses = [
      course(.process, "812 leaky @99", .program, mebibytesHourly: 42),
      course(.process, "813 other @99", .program),
      course(.side, "user space", .program, mebibytesHourly: 42),
    ]
    #expect(report(courses, only: [813]).word == .stable)
    #expect(report(courses, samples: 14, only: [813]).word == .notEnough)
    #expect(report(courses, only: [812]).culprit?.subject.pid == 812)
  }
}
