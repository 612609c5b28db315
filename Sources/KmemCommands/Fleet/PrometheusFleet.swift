import KmemAnalysis
import KmemControl
import KmemParsers
import KmemPrometheus
import KmemReport
import KmemSnapshot
import KmemSources

/// Judges all machines that a server has metrics of: all by their sums at a coarse step, those that may
/// leak by their caches and callers too.
struct PrometheusFleet {
  private static let batch = 200
  /// Samples of all machines; as many decide as well as any, if they are spread over the time.
  private static let coarse = 72.0
  private static let fine = 240.0
  /// A clock that is off by more seconds makes samples look old.
  private static let clock = 300.0
  /// A recorder whose metrics are older than these seconds says nothing of now.
  private static let silence = 600.0

  private var questions: PrometheusQuestions
  private let start: Double
  private let end: Double
  private var remarks: [FleetRemark] = []

  /// Prepares to ask for samples of so many seconds until now.
  init(client: PrometheusClient, selector: String?, seconds: Double) {
    questions = PrometheusQuestions(client: client, selector: selector)
    end = Manifest.Timestamp.now().wall.rounded()
    start = end - seconds
  }

  /// - Throws: `Failure` if the server doesn't answer, or has no metrics of kmemcheck.
  mutating func report() throws(Failure) -> FleetReport {
    let names = try hosts()
    var hosts: [FleetHost] = []
    for index in stride(from: 0, to: names.count, by: Self.batch) {
      hosts += try judged(Array(names[index..<min(names.count, index + Self.batch)]))
    }
    remarks += questions.warnings.sorted().map(FleetRemark.warning)
    return FleetReport(hosts, origin: questions.client.url, remarks: remarks)
  }

  private mutating func hosts() throws(Failure) -> [String] {
    let step = max(60, (end - start) / 8)
    let found = try questions.samples(
      of: [.buildInfo], on: nil, .init(start: start, end: end, step: step))
    let names = Set(found.compactMap { $0.labels["instance"] })
    guard names.isEmpty else { return names.sorted() }
    throw Failure(
      status: .noSuchInput,
      FleetRefusal.noHosts(url: questions.client.url, selector: questions.selector))
  }

  private mutating func judged(_ names: [String]) throws(Failure) -> [FleetHost] {
    let sums = try samples(
      [.side, .inUse, .available, .bootTime], names, step: step(Self.coarse))
    let facts = try samples([.hostInfo, .modulesInfo, .lastRun, .slabCache], names, last: true)
    var suspects: [String] = []
    var hosts: [FleetHost] = []
    for name in names {
      let report = sums[name, default: HostSamples()].report(name: name)
      if report.isFinding || !report.open.isEmpty || report.sides.contains(where: \.isOpen) {
        suspects.append(name)
      } else {
        hosts.append(host(name, report, sums[name], facts[name]))
      }
    }
    noteClocks(facts)
    return try decided(hosts + closely(suspects, facts))
  }

  /// Of machines of which the server has too little, what their own recorders judged, if they still do.
  private mutating func decided(_ hosts: [FleetHost]) throws(Failure) -> [FleetHost] {
    let open = hosts.filter { $0.verdict == .notEnough }.map(\.name)
    guard !open.isEmpty else { return hosts }
    let judged = try samples(
      [
        .verdict, .growing, .growth, .growthLow, .growthHigh, .thingsGrowth, .availableSeconds,
        .owner, .watchedSeconds, .watchedSamples, .lastRun,
      ], open, last: true)
    return hosts.map { host in
      guard host.verdict == .notEnough, let samples = judged[host.name],
        let last = samples.lastRun, end - min(last.time, last.value) <= Self.silence
      else { return host }
      return samples.recorder.host(name: host.name, traits: host.traits) ?? host
    }
  }

  /// The machines that may leak, by all that there is of them.
  private mutating func closely(_ names: [String], _ facts: [String: HostSamples]) throws(Failure)
    -> [FleetHost]
  {
    var hosts: [FleetHost] = []
    for index in stride(from: 0, to: names.count, by: 20) {
      let some = Array(names[index..<min(names.count, index + 20)])
      let all = try samples(
        [.memory, .inUse, .available, .bootTime, .slabCache, .vmallocCaller, .allocationSite], some,
        step: step(Self.fine))
      let judged = try samples([.growth, .owner], some, last: true)
      for name in some {
        if all[name]?.isDoubled == true { remarks.append(.twoRecorders(name)) }
        let report = all[name, default: HostSamples()].report(name: name)
        hosts.append(host(name, report, all[name], facts[name], judged[name]))
      }
    }
    return hosts
  }

  private func host(
    _ name: String, _ report: WatchReport, _ samples: HostSamples?, _ facts: HostSamples?,
    _ judged: HostSamples? = nil
  ) -> FleetHost {
    let traits = (samples?.allTraits ?? []).union(facts?.allTraits ?? [])
    let host = FleetHost(name: name, report, traits: traits)
    return host.named(by: judged?.recorder ?? RecordersJudgement())
  }

  private func step(_ samples: Double) -> Double { max(60, ((end - start) / samples).rounded()) }

  private mutating func samples(
    _ metrics: [MetricName], _ names: [String], step: Double = 60, last: Bool = false
  ) throws(Failure) -> [String: HostSamples] {
    // What a machine is shall be known even if it has been silent for some minutes.
    let span = PrometheusQuestions.Span(
      start: last ? end - 3600 : start, end: end, step: last ? 600 : step)
    var found: [String: HostSamples] = [:]
    for series in try questions.samples(of: metrics, on: names, span) {
      guard let name = series.labels["instance"] else { continue }
      found[name, default: HostSamples()].add(series)
    }
    return found
  }

  private mutating func noteClocks(_ facts: [String: HostSamples]) {
    let off = facts.filter { $0.value.lastRun.map { $0.value - $0.time > Self.clock } ?? false }
    if let first = off.keys.min() { remarks.append(.clocksApart(off.count, first: first)) }
  }
}
