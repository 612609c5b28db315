import KmemAnalysis
import KmemSnapshot
import KmemTestSupport
import Testing

@Suite struct ProcessTopTests {
  private let processes = [
    TypedProcess(1, "init", uss: 50), TypedProcess(10, "java", uss: 9000).with { $0.user = 7 },
    TypedProcess(11, "java", uss: 2000).with { $0.user = 8 },
    TypedProcess(12, "hidden", uss: 4000).with { $0.missing = .denied },
    TypedProcess(2, "kthreadd").with { $0.isKernelThread = true },
  ]

  private func top(
    _ order: ProcessTop.Order = .uss, by grouping: ProcessTop.Grouping? = nil,
    since earlier: [TypedProcess]? = nil
  ) throws -> ProcessTop {
    try #require(
      ProcessTop(
        Snapshot(processes: processes),
        since: earlier.map { Snapshot(processes: $0, upTime: 990) }, order: order, by: grouping,
        users: { $0 == 7 ? "tomcat" : nil }))
  }

  @Test func `processes are ranked by what they alone hold, kernel threads left out`() throws {
    #expect(try top().rows.map(\.process.pid) == [10, 12, 11, 1])
    #expect(try top().rows.map(\.user) == ["tomcat", "0", "8", "0"])
  }

  @Test func `one that may not be read is estimated and its PSS unknown`() throws {
    let row = try #require(try top().rows.first { $0.process.pid == 12 })
    #expect(row.process.uss == nil)
    #expect(row.sums.uss.bytes == 4_096_000)
    #expect(row.sums.uss.isEstimate)
    #expect(row.sums.pss.isUnknown)
    #expect(row.process.origin == .status)
  }

  @Test func `totals say that a part is estimated or missing`() throws {
    let total = try top().total
    #expect(total.processes == 4)
    #expect(total.measured == 3)
    #expect(total.uss.bytes == 15_411_200)
    #expect(total.uss.isEstimate && !total.uss.isPartial)
    #expect(total.pss.isPartial && !total.pss.isUnknown)
    #expect(total.rss.bytes == 16_230_400)
  }

  @Test func `sums by command and by user`() throws {
    let commands = try top(by: .command).rows
    #expect(commands.map(\.name) == ["java", "hidden", "init"])
    #expect(commands[0].sums.uss.bytes == 11_264_000)
    #expect(commands[0].process.pid == 10)
    #expect(commands[0].user == nil)
    #expect(try top(by: .user).rows.map(\.name) == ["tomcat", "0", "8"])
  }

  @Test(arguments: [(ProcessTop.Order.pss, 10), (.rss, 10), (.vss, 1), (.swap, 1), (.name, 12)])
  func `other orders put the largest first, those alike by name`(
    order: ProcessTop.Order, first: Int
  ) throws {
    let rows = try top(order).rows
    let expected = [ProcessTop.Order.vss, .swap].contains(order) ? 12 : first
    #expect(rows.first?.process.pid == expected)
  }

  @Test func `growth is told of processes that are the same, by pid and start time`() throws {
    let earlier = [
      TypedProcess(1, "init", uss: 50), TypedProcess(10, "java", uss: 8000),
      // The same pid, but another process.
      TypedProcess(11, "cron", uss: 1500, start: 5), TypedProcess(99, "gone", uss: 300),
    ]
    let rows = try top(.growth, since: earlier).rows
    #expect(rows.map(\.process.pid) == [12, 11, 10, 1])
    #expect(rows.map(\.gained) == [4_096_000, 2_048_000, 1_024_000, 0])
    #expect(rows.map(\.isNew) == [true, true, false, false])
    let total = try top(.growth, since: earlier).gained
    #expect(total == 5_324_800)
    #expect(try top(.growth, since: earlier).seconds == 10)
  }

  @Test func `USS and its estimate are never subtracted from each other`() throws {
    let earlier = [TypedProcess(12, "hidden", uss: 1000)]
    let row = try #require(try top(since: earlier).rows.first { $0.process.pid == 12 })
    #expect(row.gained == 3_072_000)
    let unknown = try top(.pss, since: earlier).rows.first { $0.process.pid == 12 }
    #expect(unknown?.gained == .some(nil))
  }

  @Test func `processes of two boots have no growth`() {
    let before = Capture(
      processes: processes, beside: ["proc/sys/kernel/random/boot_id": "another\n"])
    #expect(ProcessGrowth(from: Snapshot(before), to: Snapshot(processes: processes)) == nil)
  }

  @Test func `a snapshot without processes has no ranking`() {
    #expect(ProcessTop(Snapshot(typed: ["proc/meminfo": "MemTotal: 5 kB\n"])) == nil)
  }

  @Test func `the largest amounts don't overflow`() throws {
    let huge =
      "1 (a) S 0 1 1 0 -1 256 1 2 3 4 5 6 7 8 20 0 1 0 99 18446744073709551615 9223372036854775807\n"
    let maps =
      "0-1 ---p 0 00:00 0 [rollup]\nPss: 9007199254740991 kB\nPrivate_Clean: 9007199254740991 kB\nPrivate_Dirty: 9007199254740991 kB\n"
    let status = "Name:\ta\nVmSize:\t9007199254740991 kB\nVmRSS:\t9007199254740991 kB\n"
    let snapshot = Snapshot(typed: [
      "proc/1/stat": huge, "proc/1/smaps_rollup": maps,
      "proc/2/stat": huge.replacing("1 (a)", with: "2 (a)"),
      "proc/2/smaps_rollup": maps, "proc/1/status": status, "proc/2/status": status,
    ])
    let top = try #require(ProcessTop(snapshot, since: snapshot))
    #expect(top.total.uss.bytes == .max)
    #expect(top.gained == 0)
  }
}

@Suite struct OpenFileGainTests {
  private func growth(_ before: [TypedProcess], _ after: [TypedProcess]) -> DiffReport {
    DiffReport(from: Snapshot(processes: before), to: Snapshot(processes: after, upTime: 1010))
  }

  @Test func `programs are named by what their processes gained together`() {
    let before = [
      TypedProcess(8, "fdleak").with { $0.descriptors = 5 },
      TypedProcess(9, "web").with { $0.descriptors = 50 },
    ]
    let after = [
      TypedProcess(8, "fdleak").with { $0.descriptors = 100_005 },
      TypedProcess(9, "web").with { $0.descriptors = 40 },
      TypedProcess(20, "web", start: 300).with { $0.descriptors = 7 },
      TypedProcess(21, "web", start: 300).with { $0.descriptors = 9 },
    ]
    let gains = growth(before, after).openFiles.elements
    #expect(gains.map(\.name) == ["fdleak", "web"])
    #expect(gains.map(\.gained) == [100_000, 16])
    #expect(gains.map(\.pid) == [8, 21])
    #expect(gains.map(\.processes) == [1, 2])
  }

  @Test func `what takes the snapshots is never among those that gained`() throws {
    var after = Capture(processes: [TypedProcess(1, "init"), TypedProcess(77, "kmemcheck")])
    var facts = try ProcessFacts(decoding: after[ProcessFacts.path].bytes)
    facts.reader = 77
    after.sources[ProcessFacts.path]?.bytes = try facts.encoded()
    let before = Snapshot(Capture(processes: [TypedProcess(1, "init")]))
    let growth = try #require(ProcessGrowth(from: before, to: Snapshot(after)))
    #expect(growth.changes.map(\.process.pid) == [1])
  }

  @Test func `a number unknown at one moment is no gain`() {
    let gains = growth(
      [TypedProcess(8, "a")], [TypedProcess(8, "a").with { $0.descriptors = 500 }])
    #expect(gains.openFiles == .listed([]))
  }

  @Test func `without processes on a side the reason is told`() {
    let before = Snapshot(typed: ["proc/meminfo": "MemTotal: 5 kB\n"])
    let growth = DiffReport(from: before, to: Snapshot(processes: [TypedProcess(1, "a")]))
    let reason = MissingList.before(Missing(.absent, "the capture holds no processes"))
    #expect(growth.openFiles.missing == reason)
    #expect(growth.processes.missing == reason)
  }

  @Test func `of two boots no process has growth, which is the reason told`() {
    let processes = [TypedProcess(1, "a")]
    let before = Capture(
      processes: processes, beside: ["proc/sys/kernel/random/boot_id": "another\n"])
    let growth = DiffReport(from: Snapshot(before), to: Snapshot(processes: processes))
    #expect(growth.processes.missing == .twoBoots)
    #expect(growth.openFiles.missing == .twoBoots)
  }
}
