import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemAnalysis

/// What a check concludes of its series, whom it names, and how small a leak it could have missed.
@Suite struct CheckReportTests {
  private func series(_ id: SeriesID, _ values: [Int64?]) throws -> CheckSeries {
    CheckSeries(
      id: id, side: try #require(id.side()), values: values,
      trend: IterationTrend(values, unit: id.unit), slack: 0)
  }

  private func rising(_ id: SeriesID, _ rate: Int64, runs: Int = 20) throws -> CheckSeries {
    try series(id, (0...Int64(runs)).map { 1 << 20 + $0 * rate })
  }

  private func report(
    _ series: [CheckSeries], runs: Int = 20, leaks: LeakReport? = nil, isInterrupted: Bool = false
  ) -> CheckReport {
    let files = [
      "etc/machine-id": "m", "proc/sys/kernel/random/boot_id": "b",
      "proc/meminfo": MeminfoText.balanced(),
    ]
    let moment = Snapshot(typed: files)
    return CheckReport(
      command: ["true"], wanted: runs,
      iterations: (0..<runs).map { CheckIteration(start: Double($0), seconds: 0.5, status: 0) },
      leaks: leaks, kmemleakAbsence: leaks == nil ? .notWanted : nil,
      diff: DiffReport(from: moment, to: moment),
      series: CheckHoldings.explaining(series, isCounted: true), drops: CacheDrops(wanted: []),
      isInterrupted: isInterrupted)
  }

  private func line(_ file: String, _ function: String) -> SeriesID {
    .allocationSite(AllocationSite(file: file, line: 9, function: function, module: nil))
  }

  @Test func `files in tmpfs are left, and a leak beside them is the finding`() throws {
    let files = try rising(.memoryClass(.shmem), 65536)
    #expect(report([files]).judgement == .left)
    #expect(report([files]).left.map(\.id) == [.memoryClass(.shmem)])
    // What rises by less than the files may be kept beside them.
    let leak = try rising(.slabCache("kmalloc-1k"), 131_072)
    #expect(report([files, leak]).judgement == .confirmed)
  }

  /// A busy machine: each of seven harmless commands left 8 to 48 MiB of other programs' memory.
  @Test func `few runs that leave no process leave no memory of programs`() throws {
    let others = try series(.memoryClass(.anonymous), [1 << 20, 60 << 20])
    var one = report([others], runs: 1)
    #expect(one.left.map(\.id) == [.memoryClass(.anonymous)])
    one.leftProcesses = []
    #expect(one.left.isEmpty && one.judgement == .nothingFound)
  }

  @Test func `processes that run on are what a command leaves, by their names`() throws {
    var left = report([
      try rising(.memoryClass(.anonymous), 3 << 20), try rising(.count(.threads), 1),
    ])
    left.leftProcesses = (0..<20).map { ChildProcess(pid: 700 + $0, comm: "d", anonymous: 3 << 20) }
    #expect(left.judgement == .left && left.left.isEmpty)
    left.leftProcesses?.append(ChildProcess(pid: 650, comm: "large", anonymous: 90 << 20))
    let groups = left.leftProcesses?.byName ?? []
    #expect(groups.map(\.comm) == ["large", "d"])
    #expect(groups.map(\.count) == [1, 20] && groups.map(\.first) == [650, 700])
  }

  @Test func `bytes held for user space come before things, and cache comes last`() throws {
    let all: [(SeriesID, Int64)] = [
      (.memoryClass(.pageCache), 1 << 20), (.count(.openFiles), 9), (.memoryClass(.shmem), 4096),
    ]
    let left = report(try all.map { try rising($0, $1) }).left
    #expect(left.map(\.id) == [all[2].0, all[1].0, all[0].0])
  }

  @Test func `where nothing rises, nothing is found and nothing left`() throws {
    let flat = try series(.memoryClass(.percpu), Array(repeating: 4096, count: 21))
    #expect(report([flat]).judgement == .nothingFound)
    #expect(report([flat]).left.isEmpty)
  }

  @Test func `a check that was cut short says what leaks, and nothing of the rest`() throws {
    let flat = try series(.memoryClass(.percpu), Array(repeating: 4096, count: 21))
    #expect(report([flat], isInterrupted: true).judgement == .undecided)
    let leak = try rising(.slabCache("kmalloc-1k"), 1024)
    #expect(report([leak], isInterrupted: true).judgement == .confirmed)
  }

  @Test func `a class ahead of its line by noise doesn't hide the line`() throws {
    let site = line("drivers/a.c", "a_probe")
    let found = report([
      try rising(.memoryClass(.slabUnreclaimable), 1100),
      try rising(.slabCache("kmalloc-1k"), 1060),
      try rising(site, 1024),
    ])
    #expect(found.culprit?.id == site)
  }

  @Test func `a line of a tenth of the growth isn't named for all of it`() throws {
    let found = report([
      try rising(.slabCache("kmalloc-1k"), 10240), try rising(line("drivers/a.c", "a"), 1024),
    ])
    #expect(found.culprit?.id == .slabCache("kmalloc-1k"))
  }

  @Test func `the caller of a helper is taken from the stack that has the helper`() throws {
    let frames = ["kstrdup+0x1c/0x40", "a_probe+0x10/0x20 [a]", "driver_probe+0x5/0x10"]
    let leaks = LeakTexts.report(
      LeakTexts.object("0xffff888010000000", size: 64, frames: ["other+0x1/0x2"])
        + LeakTexts.object("0xffff888010000100", size: 64, frames: frames))
    let helper = try rising(line("mm/util.c", "kstrdup"), 64)
    #expect(report([helper], leaks: leaks).caller?.name == "a_probe [a]")
    #expect(report([helper]).caller == nil, "without stacks nobody knows the caller")
    let own = try rising(line("drivers/a.c", "other"), 64)
    #expect(report([own], leaks: leaks).caller == nil, "a function of its own needs none")
  }

  @Test func `the bound falls with the number of runs`() throws {
    func bound(_ runs: Int, noise: Int64) throws -> CheckBound {
      let values = (0...runs).map { run -> Int64? in 1 << 20 + (run % 2 == 0 ? noise : 0) }
      let found = report([try series(.memoryClass(.slabUnreclaimable), values)], runs: runs)
      #expect(found.leaking.isEmpty)
      return try #require(found.bound)
    }
    let few = try bound(20, noise: 4096)
    let many = try bound(200, noise: 4096)
    #expect(many.bytes < few.bytes / 5)
    #expect(few.iterations == 200)
    #expect(few.smaller == few.bytes / 10)
  }

  @Test func `without any series that moved, a few pages could still be missed`() throws {
    let bound = try #require(report([]).bound)
    #expect(bound.bytes == 1639)
  }

  @Test func `a run or two are bounded by the growth that would have told`() throws {
    let once = report([], runs: 1)
    let bound = try #require(once.bound)
    #expect(bound.bytes == once.growth.verdict.floor)
    #expect(bound.iterations == 20)
  }
}
