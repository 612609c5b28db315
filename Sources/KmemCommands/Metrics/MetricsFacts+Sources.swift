import KmemAnalysis
import KmemControl
import KmemParsers
import KmemSnapshot
import KmemSources

extension MetricsFacts {
  /// What a capture tells; its amounts are of that moment alone.
  init(_ capture: Capture) {
    self.init(version: Version.current)
    let snapshot = Snapshot(capture).ofReport
    let model = MemoryModel(snapshot)
    add(model, amounts: MemorySample(model, at: capture.manifest?.start).amounts)
    addCoverage(snapshot)
    addBuild(capture)
    pods = ContainerNames(capture).memory(in: snapshot)
    guard capture.kind != .live else { return }
    kmemleak = KernelStatus(KernelFacts(capture, snapshot)).kmemleak.state
    add(capture.newLeakGroups(since: Capture(origin: capture.origin, kind: capture.kind)))
  }

  /// Takes what is behind the number sign of `/proc/version`: which build of the release it is.
  mutating func addBuild(_ capture: Capture) {
    guard let line = capture.line(of: KernelVersion.file), let mark = line.firstIndex(of: "#")
    else {
      return
    }
    build = String(line[mark...])
  }

  /// Takes what a watch of a history or of captures saw last.
  init(_ report: WatchReport, tables: [SampleTable]) {
    self.init(version: Version.current)
    self.report = report
    (release, bootID) = (report.facts.release, report.facts.bootID)
    wall = report.facts.lastWall
    boot = tables.compactMap(\.times.last).max().map { Double($0) / 1e9 }
    amounts = tables.reduce(into: MemoryAmounts()) { amounts, table in
      for id in table.series {
        guard id.kind != .side, let value = table.latest(id) else { continue }
        amounts.add(id, value, isReclaimable: table.isKnownReclaimable(id))
      }
    }
    classes = MemoryClass.allCases.compactMap { memoryClass in
      amounts.values[.memoryClass(memoryClass)].map { (memoryClass, $0) }
    }
  }
}
