import KmemTestSupport
import Testing

@testable import KmemAnalysis

/// What isn't sure: young programs, sums of which no part is sure, what noise may hide, processes that end.
extension WatchReportTests {
  @Test func `a young program, or one that isn't all that grows, doesn't end a watch`() {
    // Courses begin at boot, and last for 1190 s.
    func program(_ startTime: UInt64) -> SeriesID {
      .process(ProcessName(pid: 9, comm: "cc1", startTime: startTime), .memory)
    }
    let young = report([course(program(110_000), mebibytesHourly: 400)])
    #expect(young.doubt == .young(90))
    #expect(young.youth == 90)
    #expect(report([course(program(99), mebibytesHourly: 400)]).doubt == nil)
    // One that was asked about is given a minute: it may be filling what it works with.
    #expect(report([course(program(110_000), mebibytesHourly: 400)], only: [9]).doubt == nil)
    let new = report([course(program(115_000), mebibytesHourly: 400)], only: [9])
    #expect(new.doubt == .young(40))
    let part = report([
      course(program(99), mebibytesHourly: 40), course(.system, mebibytesHourly: 400),
    ])
    guard case .more = part.doubt else {
      Issue.record("\(String(describing: part.doubt))")
      return
    }
    let whole = report([
      course(program(99), mebibytesHourly: 400), course(.system, mebibytesHourly: 440),
    ])
    #expect(whole.doubt == nil)
  }

  @Test func `a program that began meanwhile isn't named before one that grew all the time`() {
    let compiler = SeriesID.process(
      ProcessName(pid: 9, comm: "cc1", startTime: 110_000), .memory)
    let both = report([
      course(compiler, mebibytesHourly: 9000),
      things(Self.leaky(.threads), hourly: 2000), things(.count(.threads), hourly: 2000),
      course(.memoryClass(.kernelStacks), mebibytesHourly: 32),
    ])
    #expect(both.conclusion == .heldForUserSpace)
    #expect(both.culprit?.id == Self.leaky(.threads))
    #expect(both.beside.map(\.id) == [compiler])
    #expect(report([course(compiler, mebibytesHourly: 9000)]).culprit?.id == compiler)
  }

  /// A busy guest: memory was sure after a minute, of which the program had few samples.
  @Test func `a sum of programs that surely grows is the program's that moves as fast`() {
    let noise = 25 * Self.mebibyte
    let found = report(
      [
        course(.memoryClass(.anonymous), mebibytesHourly: 900),
        course(Self.leaky(.memory), mebibytesHourly: 900, noise: noise),
      ], samples: 30)
    #expect(found.conclusion == .userSpace)
    #expect(found.culprit?.id == Self.leaky(.memory))
    #expect(found.culprit?.isOpen == true)
    let other = report(
      [
        course(.memoryClass(.anonymous), mebibytesHourly: 900),
        course(Self.leaky(.memory), mebibytesHourly: 90, noise: noise),
      ], samples: 30)
    #expect(other.culprit?.id == .memoryClass(.anonymous))
  }

  @Test func `memory that surely grows is most probably whose moves as fast`() {
    // So noisy that three minutes don't make it sure.
    let noise = 14 * Self.mebibyte
    let report = report(
      [
        course(.system, mebibytesHourly: 900),
        course(Self.leaky(.memory), mebibytesHourly: 900, noise: noise),
        course(.memoryClass(.anonymous), mebibytesHourly: 900, noise: noise),
      ], samples: 18)
    #expect(report.open.contains { $0.id == Self.leaky(.memory) })
    #expect(report.conclusion == .userSpace)
    #expect(report.culprit?.id == Self.leaky(.memory))
  }

  @Test
  func `a trace is pointed at the kernel's own cache before its class, and at no program's memory`()
  {
    let (cache, slab) = (SeriesID.slabCache("kmalloc-2k"), SeriesID.memoryClass(.slabUnreclaimable))
    let both = report([course(slab, mebibytesHourly: 900), course(cache, mebibytesHourly: 800)])
    #expect(both.traceAim == .cache("kmalloc-2k"))
    #expect(report([course(slab, mebibytesHourly: 900)]).traceAim == .everything)
    let pages = report([course(.memoryClass(.unaccounted), mebibytesHourly: 900)])
    #expect(pages.traceAim == .pages)
    #expect(report([course(Self.leaky(.memory), mebibytesHourly: 900)]).traceAim == nil)
    let line = Self.line("drivers/a.c", 7, "a_take")
    #expect(
      report([course(line, mebibytesHourly: 900), course(cache, mebibytesHourly: 900)]).traceAim
        == nil)
  }

  @Test func `what was traced is no advice any more`() {
    var report = report([course(.slabCache("kmalloc-2k"), mebibytesHourly: 900)])
    report.facts.next = [.findOwner(.command(.trace(.cache("kmalloc-2k")))), .check]
    report.noteTraced()
    #expect(report.facts.next == [.check])
  }

  @Test func `a total that falls doesn't hide what one side may gain`() {
    let report = report([
      Course(id: .system, start: 4e9, hourly: -300 * Self.mebibyte),
      Course(id: .side(.userSpace), start: 4e9, hourly: -300 * Self.mebibyte),
      course(.side(.unaccounted), noise: 40 * Self.mebibyte),
    ])
    #expect(report.conclusion == .stable)
    #expect(report.hidden * 3600 > 4 * Self.mebibyte)
  }

  @Test func `a short time allows no small claim, however quiet it was`() {
    let quiet = report([course(.system, noise: 0)], samples: 16)
    #expect(quiet.conclusion == .stable)
    // 32 KiB in 150 s may go unseen.
    #expect(abs(quiet.hidden - 32_768 / 150) < 1)
  }

  @Test func `a process that ended is never stable, and its gain is told`() throws {
    var table = SampleTable()
    let name = ProcessName(pid: 5, comm: "leaky", startTime: 99)
    for row in 0..<10 {
      let bytes: [SeriesID: Int64] = [
        .process(name, .memory): Int64(row) << 20, .process(name, .space): Int64(row) << 24,
        .process(name, .files): 12,
      ]
      table.append(bytes, at: Int64(row) * 10_000_000_000)
    }
    table.append(
      [.process(ProcessName(pid: 6, comm: "other", startTime: 1), .memory): 1], at: 100_000_000_000)
    let report = WatchReport([table], facts: WatchFacts(), available: nil, only: [5])
    #expect(report.conclusion == .notEnough)
    #expect(report.isOver)
    #expect(report.secondsNeeded == nil)
    let ended = try #require(report.ended.first)
    #expect(ended.process == name)
    #expect(ended.gained == [EndedProcess.Gain(facet: .memory, amount: 9 << 20)])
    #expect(ended.seconds == 90 && ended.samples == 10)
  }

  @Test func `a process that grew surely until it ended is still said to have grown`() {
    var table = SampleTable()
    let name = ProcessName(pid: 5, comm: "leaky", startTime: 99)
    for row in 0..<40 {
      table.append([.process(name, .memory): Int64(row) << 20], at: Int64(row) * 10_000_000_000)
    }
    table.append(
      [.process(ProcessName(pid: 6, comm: "x", startTime: 1), .memory): 1], at: 400_000_000_000)
    let report = WatchReport([table], facts: WatchFacts(), available: nil, only: [5])
    #expect(report.conclusion == .userSpace)
    #expect(report.ended.map(\.process) == [name])
  }
}
