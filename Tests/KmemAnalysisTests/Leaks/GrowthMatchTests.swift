import KmemSnapshot
import KmemTestSupport
import Testing

@testable import KmemAnalysis

@Suite struct GrowthMatchTests {
  private static func slab(_ rows: (String, size: Int, slabs: Int)...) -> String {
    "slabinfo - version: 2.1\n"
      + rows.map { name, size, slabs in
        let perSlab = max(1, 4096 / size)
        return "\(name) \(slabs * perSlab) \(slabs * perSlab) \(size) \(perSlab) 1 "
          + ": tunables 0 0 0 : slabdata \(slabs) \(slabs) 0\n"
      }.joined()
  }

  private func growth(_ before: String, _ after: String) -> Growth {
    func files(_ slab: String) -> [String: String] {
      [
        "etc/machine-id": "m", "proc/sys/kernel/random/boot_id": "b", "proc/slabinfo": slab,
        "proc/meminfo": MeminfoText.balanced(),
      ]
    }
    return Growth(from: Snapshot(typed: files(before)), to: Snapshot(typed: files(after)))
  }

  private func objects(_ count: Int, size: Int = 192) -> String {
    (0..<count).map {
      LeakTexts.object("0xffff8880\(String(0x10000000 + $0 * 256, radix: 16))", size: size)
    }.joined()
  }

  private func match(_ text: String, _ growth: Growth, since: Double? = nil) -> GrowthMatch? {
    LeakTexts.report(text).compared(with: growth, since: since).groups.first?.growth
  }

  @Test func `a cache of the objects' size that grew by as much is matching growth`() {
    let growth = growth(
      Self.slab(("kmalloc-192", 192, 10), ("kmalloc-cg-192", 192, 1)),
      Self.slab(("kmalloc-192", 192, 15), ("kmalloc-cg-192", 192, 20)))
    let match = match(objects(500), growth)
    #expect(match?.word == .matching)
    #expect(match?.bytes == 98304)
    #expect(match?.places == [.slabCache("kmalloc-cg-192"), .slabCache("kmalloc-192")])
  }

  @Test func `what kvmalloc took from kmalloc is looked for in kmalloc's caches`() {
    let growth = growth(
      Self.slab(("kmalloc-192", 192, 10)), Self.slab(("kmalloc-192", 192, 60)))
    func text(_ frames: [String]) -> String {
      (0..<500).map {
        LeakTexts.object("0xffff8880\(String(0x10000000 + $0 * 256, radix: 16))", frames: frames)
      }.joined()
    }
    let small = ["__kvmalloc_node_noprof+0x1/0x2", "leak+0x1/0x2 [leaky]"]
    #expect(match(text(small), growth)?.word == .matching)
    #expect(match(text(small), growth)?.places == [.slabCache("kmalloc-192")])
    let large = ["__vmalloc_node_noprof+0x1/0x2"] + small
    #expect(match(text(large), growth)?.places == [.memoryClass(.vmalloc)])
    #expect(match(text(large), growth)?.word == .notMatching)
  }

  @Test func `growth of other sizes is none`() {
    let growth = growth(
      Self.slab(("kmalloc-192", 192, 10), ("kmalloc-1k", 1024, 1)),
      Self.slab(("kmalloc-192", 192, 10), ("kmalloc-1k", 1024, 90)))
    #expect(match(objects(500), growth)?.word == .notMatching)
    #expect(match(objects(500), growth)?.places == [])
  }

  @Test func `a kmalloc cache under debugging is known by its name, not by its padded size`() {
    let growth = growth(
      Self.slab(("kmalloc-1k", 1536, 10)), Self.slab(("kmalloc-1k", 1536, 400)))
    #expect(match(objects(500, size: 1024), growth)?.word == .matching)
    #expect(match(objects(500, size: 1536), growth)?.word == .notMatching)
  }

  @Test func `a few objects are too little for growth to tell`() {
    let growth = growth(Self.slab(("kmalloc-192", 192, 1)), Self.slab(("kmalloc-192", 192, 2)))
    #expect(match(objects(3), growth)?.word == .tooSmall)
  }

  @Test func `confirmed takes two readings and matching growth`() throws {
    let growth = growth(Self.slab(("kmalloc-192", 192, 1)), Self.slab(("kmalloc-192", 192, 60)))
    let report = LeakTexts.report(objects(500))
    let alone = report.compared(with: growth, since: nil)
    #expect(alone.groups.first?.certainty == .suspected)
    #expect(report.seen(in: [report]).groups.first?.certainty == .suspected)
    let both = alone.seen(in: [report])
    #expect(both.groups.first?.certainty == .confirmed)
    #expect(both.groups.first?.sightings == ReadingCount(seen: 2, readings: 2))
    let elsewhere = LeakTexts.report(LeakTexts.object("0xffff888000000400", frames: ["x+0x1/0x2"]))
    #expect(alone.seen(in: [elsewhere]).groups.first?.certainty == .suspected)
  }
}

@Suite struct LeakJudgementTests {
  private func facts(
    _ complete: Int = 2, alive: Bool? = true, trouble: ScanFacts.Trouble? = nil, log: [String] = []
  ) -> ScanFacts {
    ScanFacts(
      scans: (0..<complete).map {
        .init(start: Double($0) * 6, seconds: 1, outcome: .complete)
      }, minimumAge: 5, readings: complete > 1 ? 1 : 0, isAliveAtEnd: alive, trouble: trouble,
      alarms: ScanFacts.alarms(in: log))
  }

  private func judgement(_ text: String, _ scan: ScanFacts?) -> LeakJudgement {
    var report = LeakTexts.report(text)
    report.scan = scan
    return report.judgement
  }

  @Test func `nothing found by two complete scans is nothing found`() {
    #expect(judgement("", facts()) == .nothingFound)
  }

  @Test func `nothing found is undecided wherever a scan is doubtful`() {
    #expect(judgement("", facts(1)) == .undecided)
    #expect(judgement("", facts(alive: false)) == .undecided)
    #expect(judgement("", facts(alive: nil)) == .undecided)
    #expect(judgement("", facts(trouble: .signal(number: 2))) == .undecided)
    let failed = "[ 12.000000] kmemleak: Cannot allocate a kmemleak_object structure"
    #expect(judgement("", facts(log: [failed])) == .undecided)
    #expect(facts(log: [failed]).doubts == [.alarm(failed)])
    #expect(facts(1).doubts == [.fewScans(complete: 1)])
    #expect(facts(alive: false).doubts == [.disabledBeforeEnd])
    let off = "[ 12.000000] kmemleak: Kernel memory leak detector disabled"
    #expect(judgement("", facts(log: [off])) == .undecided)
  }

  @Test func `other lines of the log are no reason to doubt`() {
    let line =
      "[ 12.000000] kmemleak: 7 new suspected memory leaks (see /sys/kernel/debug/kmemleak)"
    #expect(facts(log: [line]).isValid)
  }

  @Test func `what is found stays found, however doubtful the scans`() {
    let object = LeakTexts.object("0xffff888000000100")
    #expect(judgement(object, facts()) == .suspected)
    #expect(judgement(object, facts(alive: false)) == .suspected)
    #expect(judgement(object, nil) == .listed)
    #expect(judgement("", nil) == .undecided)
  }

  @Test func `what the baseline knows is no finding`() {
    let object = LeakTexts.object("0xffff888000000100")
    var report = LeakTexts.report(object, baseline: LeakTexts.baseline(object, .same))
    #expect(report.judgement == .nothingNew)
    report.scan = facts()
    #expect(report.judgement == .nothingNew)
    #expect(!report.judgement.isFinding && report.judgement.isDecided)
  }

  @Test func `a baseline of another boot still tells by counts`() {
    let object = LeakTexts.object("0xffff888000000100")
    let known = LeakTexts.report(object, baseline: LeakTexts.baseline(object, .different))
    #expect(known.judgement == .nothingNew)
    let two = object + LeakTexts.object("0xffff888000000900")
    let more = LeakTexts.report(two, baseline: LeakTexts.baseline(object, .different))
    #expect(more.newObjects == 1 && more.judgement == .listed)
  }
}
