import Foundation
import KmemAnalysis
import KmemHistory
import KmemSnapshot
import KmemTestSupport
import Testing

/// The same memory is on the same side in every verb, and its growth is called the same.
///
/// Two moments are typed of which the second has 200 MiB more of one thing. `show`, `diff`, `top`,
/// `watch` as it samples and `watch` as it judges a history again, and `check` are asked about it.
@Suite struct OneAnswerTests {
  /// Something that grew: the lines of meminfo by which it does, or a slab cache.
  struct Growth: CustomTestStringConvertible, Sendable {
    let id: SeriesID
    let side: MemorySide
    /// What the lines of meminfo are, in KiB, where it grew.
    let meminfo: [String: Int]
    /// Whether sysfs counts the cache as reclaimable; nothing where it doesn't tell.
    var isReclaimable: Bool?

    var testDescription: String {
      "\(id.key)\(isReclaimable.map { $0 ? ", reclaimable" : ", unreclaimable" } ?? "")"
    }
  }

  private static let grown = 204_800

  /// Each class that a line of meminfo shows, with the side that it must be on everywhere.
  static let classes: [Growth] = [
    lines(.anonymous, .userSpace, ["AnonPages": 100_000 + grown, "Active": 150_000 + grown]),
    lines(.lruInTransit, .userSpace, ["Active": 150_000 + grown]),
    lines(
      .shmem, .heldForUserSpace,
      [
        "Shmem": 20000 + grown, "Cached": 200_000 + grown,
        "Inactive": 160_000 + grown,
      ]),
    lines(.hugePages, .heldForUserSpace, ["Hugetlb": grown]),
    lines(.pageCache, .cache, ["Cached": 200_000 + grown, "Inactive": 160_000 + grown]),
    lines(.kernelMiscReclaimable, .cache, ["KReclaimable": 60000 + grown]),
    lines(.writebackTemp, .cache, ["WritebackTmp": grown]),
    lines(.gpuReclaim, .cache, ["GPUReclaim": grown]),
    lines(.gpuActive, .heldForUserSpace, ["GPUActive": grown]),
    lines(
      .kernelStacks, .heldForUserSpace,
      [
        "KernelStack": 4000 + grown,
        "VmallocUsed": 24000 + grown,
      ]),
    lines(
      .shadowCallStacks, .heldForUserSpace,
      [
        "ShadowCallStack": grown,
        "VmallocUsed": 24000 + grown,
      ]),
    lines(.pageTables, .heldForUserSpace, ["PageTables": 6000 + grown]),
    lines(.secPageTables, .heldForUserSpace, ["SecPageTables": grown]),
    lines(.percpu, .kernel, ["Percpu": 1000 + grown]),
    lines(.vmalloc, .kernel, ["VmallocUsed": 24000 + grown]),
    lines(.bounce, .kernel, ["Bounce": grown]),
    lines(.quicklists, .kernel, ["Quicklists": grown]),
    lines(.hardwareCorrupted, .kernel, ["HardwareCorrupted": grown]),
    lines(.slabUnreclaimable, .kernel, ["SUnreclaim": 40000 + grown, "Slab": 100_000 + grown]),
    lines(
      .slabReclaimable, .cache,
      [
        "SReclaimable": 60000 + grown, "Slab": 100_000 + grown,
        "KReclaimable": 60000 + grown,
      ]),
    lines(.unaccounted, .unaccounted, [:]),
  ]

  static let caches: [Growth] = [
    cache("filp", nil, .heldForUserSpace), cache("filp", false, .heldForUserSpace),
    cache("task_struct", nil, .heldForUserSpace), cache("vm_area_struct", false, .heldForUserSpace),
    cache("shmem_inode_cache", nil, .heldForUserSpace),
    cache("sock_inode_cache", nil, .heldForUserSpace),
    cache("sock_inode_cache", true, .heldForUserSpace),
    cache("dentry", nil, .cache), cache("dentry", true, .cache), cache("dentry", false, .cache),
    cache("buffer_head", nil, .cache), cache("ext4_inode_cache", true, .cache),
    cache("xfs_buf", false, .cache), cache("kmalloc-rcl-64", nil, .cache),
    cache("kmalloc-64", nil, .kernel), cache("kmalloc-64", false, .kernel),
    cache("skbuff_head_cache", nil, .kernel), cache("made_up", nil, .kernel),
    cache("made_up", false, .kernel), cache("made_up", true, .cache),
  ]

  private static func lines(
    _ memoryClass: MemoryClass, _ side: MemorySide, _ meminfo: [String: Int]
  ) -> Growth {
    Growth(id: .memoryClass(memoryClass), side: side, meminfo: meminfo)
  }

  private static func cache(_ name: String, _ isReclaimable: Bool?, _ side: MemorySide) -> Growth {
    let isCounted = isReclaimable ?? CacheMeaning(name: name)?.isReclaimable ?? false
    let line = isCounted ? "SReclaimable" : "SUnreclaim"
    var meminfo = ["Slab": 100_000 + grown, line: (isCounted ? 60000 : 40000) + grown]
    if isCounted { meminfo["KReclaimable"] = 60000 + grown }
    return Growth(id: .slabCache(name), side: side, meminfo: meminfo, isReclaimable: isReclaimable)
  }

  /// The machine before it grew by a share of the growth, or after all of it.
  private func snapshot(_ growth: Growth, share: Double) -> Snapshot {
    let plain = Dictionary(uniqueKeysWithValues: MeminfoText.plain.map { ($0.key, $0.value) })
    let lines = growth.meminfo.map { name, after in
      (name, (plain[name] ?? 0) + Int((Double(after - (plain[name] ?? 0)) * share).rounded()))
    }
    let free = ("MemFree", 400_000 - Int((Double(Self.grown) * share).rounded()))
    var files = [
      "proc/meminfo": MeminfoText.balanced(Dictionary(lines + [free]) { first, _ in first })
    ]
    if case .slabCache(let name) = growth.id {
      let slabs = 1000 + Int((Double(Self.grown) / 4 * share).rounded())
      files["proc/slabinfo"] =
        "slabinfo - version: 2.1\n\(name) \(slabs) \(slabs) 4096 1 1 : tunables 0 0 0"
        + " : slabdata \(slabs) \(slabs) 0\n"
      if let isReclaimable = growth.isReclaimable {
        files["sys/kernel/slab/\(name)/reclaim_account"] = isReclaimable ? "1\n" : "0\n"
      }
    }
    return Snapshot(typed: files)
  }

  private func samples(_ growth: Growth) -> [MemoryAmounts] {
    (0..<30).map { step in
      let now = snapshot(growth, share: Double(step) / 29)
      var amounts = MemoryAmounts(now)
      amounts.addSystem(MemoryModel(now))
      return amounts
    }
  }

  private func report(_ samples: [MemoryAmounts]) -> WatchReport {
    var table = SampleTable()
    for (step, amounts) in samples.enumerated() {
      table.append(amounts, at: Int64(step) * 10_000_000_000)
    }
    return WatchReport([table], facts: WatchFacts(), available: nil)
  }

  /// The samples as a history gives them back.
  private func replayed(_ samples: [MemoryAmounts]) throws -> WatchReport {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/watch.sqlite"
    let recorder = try HistoryRecorder(path, run: HistoryRun(bootID: "b", wall: 1000))
    for (step, amounts) in samples.enumerated() {
      try recorder.record(
        HistoryRound(
          group: "memory", time: Int64(step) * 10_000_000_000, wall: Int64(1000 + step * 10),
          values: amounts.values, reclaimable: amounts.reclaimable))
    }
    var moments = Array(repeating: MemoryAmounts(), count: samples.count)
    for stored in try History.reading(path).series(boot: "b") {
      for sample in stored.samples {
        guard let value = sample.value else { continue }
        moments[Int(sample.time / 10_000_000_000)].add(
          stored.id, value, isReclaimable: stored.isReclaimable)
      }
    }
    return report(moments)
  }

  @Test(arguments: classes + caches)
  func `every verb says the same of whose it is, and calls its growth the same`(
    growth: Growth
  ) throws {
    let (before, after) = (snapshot(growth, share: 0), snapshot(growth, share: 1))
    let health = Health(after)
    let change = KmemAnalysis.Growth(from: before, to: after)
    let top = KernelTop(KernelLook(after), since: KernelLook(before))
    switch growth.id {
    case .memoryClass(let memoryClass):
      #expect(health.books?[memoryClass]?.memoryClass.side == growth.side, "show")
      #expect(change[memoryClass] == Int64(Self.grown) * 1024, "diff")
    case .slabCache(let name):
      #expect(health.slab?.caches.first { $0.name == name }?.side == growth.side, "show")
      #expect(change.caches.elements.first { $0.name == name }?.side == growth.side, "diff")
    default: Issue.record("no such growth")
    }
    #expect(
      (top.classes + top.caches).first { $0.id == .series(growth.id) }?.side == growth.side, "top")
    #expect(change.verdict.sides[growth.side] == Int64(Self.grown) * 1024, "diff")
    #expect(change.verdict.conclusion == growth.side.conclusion, "diff")

    let samples = samples(growth)
    let live = report(samples)
    let again = try replayed(samples)
    for (report, verb) in [(live, "watch"), (again, "watch --replay")] {
      let rows = report.growing + report.caches
      #expect(rows.first { $0.id == growth.id }?.side == growth.side, "\(verb)")
      #expect(report.conclusion == growth.side.conclusion, "\(verb)")
      let side = report.sides.first { $0.side == growth.side }
      #expect(side?.verdict.conclusion == growth.side.conclusion, "\(verb)")
    }
    #expect(live.conclusion == again.conclusion)

    var check = CheckSamples(isShrunk: true)
    for step in 0...20 { check.add(MemoryModel(snapshot(growth, share: Double(step) / 20))) }
    let series = check.series().first { $0.id == growth.id }
    #expect(series?.side == growth.side, "check")
    #expect(series?.isLeak == growth.side.isSuspect, "check")
  }

  @Test func `no class that a kernel prints is left out`() {
    let tried = Set(Self.classes.map(\.id))
    // These are made of other files than meminfo, free, or debugging's.
    let others: Set<MemoryClass> = [
      .free, .perCpuFreeLists, .zspages, .memoryMap, .instrumentation, .zfsArc,
    ]
    for memoryClass in MemoryClass.allCases where !others.contains(memoryClass) {
      #expect(tried.contains(.memoryClass(memoryClass)), "\(memoryClass)")
    }
  }
}
