import KmemAnalysis
import KmemControl
import KmemSnapshot
import KmemSources

/// The metrics of this machine: of now, with the verdict on what was recorded of this boot.
struct LiveMetrics {
  private var machine = MachineMetrics()
  private var kmemleak = KmemleakGlance()
  private var owners = GrowthOwners()

  /// All values of now, and the verdict on what the history has of the last hour.
  ///
  /// - Throws: `Failure` if not even meminfo can be read.
  mutating func once(history: String?) throws(Failure) -> [Metric] {
    let sampler = try MemorySampler()
    let (sample, _) = try sampler.sampleWithModel()
    var facts = MetricsFacts(sampler.first)
    facts.report = recorded(history, sampler, sample)
    return complete(facts)
  }

  /// The values of a recorder's moment.
  mutating func all(
    _ model: MemoryModel, _ sample: MemorySample, report: WatchReport, first: Capture
  ) -> [Metric] {
    var facts = MetricsFacts(version: Version.current)
    facts.add(model, amounts: sample.amounts)
    facts.addBuild(first)
    facts.machineID = first.manifest?.machineID
    facts.wall = Double(sample.wall)
    facts.boot = Double(sample.time) / 1e9
    if let capture = try? LiveKernel(catalog: .besideMetrics).capture() {
      let beside = Snapshot(capture)
      facts.addHost(beside)
      facts.pods = ContainerNames(capture).memory(in: beside)
    }
    facts.addCoverage(model.snapshot)
    facts.report = report
    if let own = report.culprit, report.growing.contains(where: \.isKernels) {
      facts.report?.add(owners.attributions(of: own.id, since: first))
    }
    return complete(facts)
  }

  private mutating func complete(_ facts: MetricsFacts) -> [Metric] {
    var facts = facts
    kmemleak.add(to: &facts)
    facts.ownProcessor = BootClock.processorTime
    return machine.all(facts)
  }

  private func recorded(_ path: String?, _ sampler: MemorySampler, _ sample: MemorySample)
    -> WatchReport?
  {
    var facts = WatchFacts()
    facts.bootID = sampler.first.manifest?.bootID
    guard let file = WatchHistory.readable(path), let boot = facts.bootID,
      var tables = try? file.tables(boot: boot, from: sample.time.minus(3_600_000_000_000))
    else { return nil }
    tables.memory.append(sample.amounts, at: sample.time)
    return WatchReport(tables.all, facts: facts, available: sample.available)
  }
}
