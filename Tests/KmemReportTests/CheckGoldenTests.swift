import KmemParsers
import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemAnalysis
@testable import KmemReport

/// A check of a command that ran ten times: what it says where memory is lost, and where it isn't.
@Suite struct CheckGoldenTests {
  private static let runs = 10
  private static let notBuilt = KmemleakFinding(
    .notBuilt, .certain,
    evidence: [
      .option(OptionFinding(name: "DEBUG_KMEMLEAK", setting: .no, origin: "/proc/config.gz"))
    ], remedies: [])

  /// The machine after so many runs, each of which takes 64 objects of 4 KiB.
  private func snapshot(_ run: Int, leaks: Bool) -> Snapshot {
    let slabs = 100 + (leaks ? run * 8 : 0)
    return Snapshot(typed: [
      "proc/meminfo": """
      MemTotal: 1000000 kB
      MemFree: \(900_000 - slabs * 32) kB
      SReclaimable: 0 kB
      SUnreclaim: \(slabs * 32) kB
      VmallocUsed: 0 kB

      """,
      "proc/slabinfo": """
      slabinfo - version: 2.1
      # name <active_objs>
      kmalloc-4k \(slabs * 8) \(slabs * 8) 4096 8 8 : tunables 0 0 0 : slabdata \(slabs) \(slabs) 0

      """,
      "proc/uptime": "\(100 + run).00 100.00\n", "proc/sys/kernel/osrelease": "6.12.1\n",
      "proc/sys/kernel/hostname": "guest\n", "proc/sys/kernel/random/boot_id": "b\n",
      "etc/machine-id": "m\n",
    ])
  }

  private func object(_ number: Int, run: Int) -> String {
    """
    unreferenced object 0xffff888\(String(0x0010_0000 + number, radix: 16))000 (size 4096):
      comm "insmod", pid \(400 + run), jiffies \(4_294_967_296 - 75000 + (100 + run) * 250 + 50)
      backtrace (crc 0):
        __kmalloc_cache_noprof+0x1d4/0x2b0
        leak_init+0x1c/0x40 [leaky]
        do_one_initcall+0x58/0x300

    """
  }

  /// What kmemleak says of them; of the third run it misses ten objects.
  private func leaks(_ found: Bool) throws -> LeakReport {
    let starts = (0...Self.runs).map { 100 + Double($0) }
    var text = LeakReportBuilder(windows: IterationTickRanges(starts, by: TickClock(hz: 250)))
    let objects = (0..<(found ? Self.runs * 64 : 0)).filter { !(128..<138).contains($0) }
    let bytes = Array(objects.map { object($0, run: $0 / 64) }.joined().utf8)
    text.read(bytes.span)
    let facts = ScanFacts(
      scans: [
        .init(start: 112, seconds: 0.5, outcome: .complete),
        .init(start: 118, seconds: 0.5, outcome: .complete),
      ],
      minimumAge: 5, readings: 2, isAliveAtEnd: true, scanner: .runsAgain(isRepair: false))
    var report = text.report(snapshot(Self.runs, leaks: found))
    report.scan = facts
    return report
  }

  private func report(
    leaks isLeaking: Bool, kmemleak: Bool = true, drops: CacheDrops = CacheDrops(wanted: [])
  ) throws -> CheckReport {
    var samples = CheckSamples(isShrunk: false)
    for run in 0...Self.runs { samples.add(MemoryModel(snapshot(run, leaks: isLeaking))) }
    let diff = DiffReport(
      from: snapshot(0, leaks: isLeaking), to: snapshot(Self.runs, leaks: isLeaking))
    return CheckReport(
      command: ["insmod", "leaky.ko"], wanted: Self.runs,
      iterations: (0..<Self.runs).map {
        CheckIteration(start: 100 + Double($0), seconds: 0.5, status: 0)
      },
      leaks: kmemleak ? try leaks(isLeaking).compared(with: diff.growth, since: 100) : nil,
      kmemleakAbsence: kmemleak ? nil : .unusable(Self.notBuilt), diff: diff,
      series: samples.series(), drops: drops, isInterrupted: false)
  }

  @Test(arguments: widths) func `a leak at each run, of which kmemleak misses some`(width: Int)
    throws
  {
    let report = try report(leaks: true)
    let style = Style(isColored: false, width: width)
    let text = CheckText(report, style: style, isVerbose: false).text
    expectGolden("check/leaking.\(width).txt", text)
    expectDecency(text, width: width)
    #expect(lastParagraph(text).hasPrefix("Verdict: leak confirmed: 630 objects"))
    #expect(text.contains("256.0 KiB per iteration"))
  }

  @Test func `the same as JSON and as JUnit`() throws {
    let report = try report(leaks: true)
    expectGolden("check/leaking.json", CheckJSON.document(report).text)
    expectGolden("check/leaking.junit.xml", CheckJUnit.document(report).text)
  }

  @Test(arguments: [true, false])
  func `nothing lost is said with what it rests on`(kmemleak: Bool) throws {
    let report = try report(leaks: false, kmemleak: kmemleak)
    let text = CheckText(report, style: Style(isColored: false, width: 80), isVerbose: false).text
    expectGolden("check/clean.\(kmemleak ? "kmemleak" : "growth").txt", text)
    expectDecency(text, width: 80)
    #expect(lastParagraph(text).hasPrefix("Verdict: nothing found: no "))
  }

  @Test func `growth at each run is a leak on a kernel without kmemleak too`() throws {
    let report = try report(leaks: true, kmemleak: false)
    let text = CheckText(report, style: Style(isColored: false, width: 80), isVerbose: false).text
    expectGolden("check/growth.txt", text)
    #expect(lastParagraph(text).hasPrefix("Verdict: leak confirmed: kmalloc-4k grew"))
  }

  @Test func `what the kernel gave back and what it refused stands among the grounds`() throws {
    var drops = CacheDrops(wanted: [.caches, .emptySlabs])
    drops.refusals = [CacheDrops.Refusal(kind: .emptySlabs, error: "Permission denied")]
    let report = try report(leaks: false, kmemleak: false, drops: drops)
    let sentences = [
      "before each sample caches were dropped and slab caches shrunk",
      "shrinking slab caches was refused: Permission denied",
    ]
    #expect(CheckSentences(report).grounds.suffix(2) == sentences)
    let document = CheckJSON.document(report).text
    for sentence in sentences { #expect(document.contains("\"\(sentence)\"")) }
  }

  @Test func `a report that can't be read is no evidence of nothing`() throws {
    var text = LeakReportBuilder(windows: IterationTickRanges([100, 101], by: TickClock(hz: 250)))
    let bytes = Array("unreferenced object 0xzz (size 64):\n".utf8)
    text.read(bytes.span)
    var leaks = text.report(snapshot(0, leaks: false))
    leaks.scan = try self.leaks(false).scan
    let report = CheckReport(
      command: ["true"], wanted: 1,
      iterations: [CheckIteration(start: 100, seconds: 0.5, status: 0)], leaks: leaks,
      kmemleakAbsence: nil,
      diff: DiffReport(from: snapshot(0, leaks: false), to: snapshot(0, leaks: false)), series: [],
      drops: CacheDrops(wanted: []), isInterrupted: false)
    #expect(report.judgement == .undecided)
    #expect(CheckSentences(report).verdict.contains("1 of 1 objects of the report can't be read"))
    #expect(leaks.judgement == .undecided)
  }

  /// The user half of a check, with a record of Valgrind's or without.
  private func programs(leak: Bool, doubts: [ProgramCheck.Doubt] = []) -> ProgramCheck {
    var collector = ProgramLeakCollector()
    collector.add(.began(.valgrind, process: 7))
    if leak {
      var record = ProgramLeakRecord(
        .valgrind, process: 7, kind: .definitelyLost,
        amount: ProgramLeakAmount(bytes: 12_288, blocks: 1), line: 5)
      record.frames = [
        ProgramFrame(function: "malloc", object: "vgpreload_memcheck-amd64-linux.so"),
        ProgramFrame(function: "work", file: "classic.c", line: 8),
        ProgramFrame(function: "main", file: "classic.c", line: 15),
      ]
      collector.add(.record(record))
    } else {
      collector.add(.clean(.valgrind, process: 7))
    }
    return ProgramCheck(
      .valgrind, report: collector.report(name: "./classic"), doubts: doubts, isScript: false)
  }

  @Test func `leaks of the programs make one verdict with the kernel's`() throws {
    var report = try report(leaks: false, kmemleak: false)
    report.programs = programs(leak: true)
    let text = CheckText(report, style: Style(isColored: false, width: 80), isVerbose: false).text
    expectGolden("check/programs.80.txt", text)
    expectDecency(text, width: 80)
    #expect(
      lastParagraph(text).hasPrefix(
        "Verdict: kernel: clean · user space: 1 group leaks: 12 288 bytes"))
    expectGolden("check/programs.json", CheckJSON.document(report).text)
    expectGolden("check/programs.junit.xml", CheckJUnit.document(report).text)
  }

  @Test func `programs that weren't seen aren't called clean`() throws {
    var report = try report(leaks: false, kmemleak: false)
    report.programs = programs(leak: false, doubts: [.linkedStatically])
    #expect(report.programs?.judgement == .undecided)
    #expect(CheckSentences(report).wholeVerdict.contains("user space: not known, "))
    #expect(CheckJUnit.document(report).text.contains("errors=\"1\""))
    report.programs = programs(leak: false)
    #expect(CheckSentences(report).wholeVerdict == "kernel: clean · user space: clean")
    report.programs = programs(leak: true, doubts: [.linkedStatically])
    #expect(report.programs?.judgement == .leaks)
  }

}
