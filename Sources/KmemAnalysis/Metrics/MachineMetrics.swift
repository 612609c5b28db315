/// What is told of a machine in metrics, and what was in the top of its lists before.
package struct MachineMetrics: Sendable {
  /// How many of each list are told; by hysteresis half as many more.
  private enum Limit {
    static let caches = 10
    static let callers = 4
    static let sites = 4
    static let growing = 4
    static let things = 2
    static let owners = 3
    static let leaks = 4
    static let pods = 8
  }

  private var caches = TopMembers()
  private var callers = TopMembers()
  private var sites = TopMembers()
  private var growing = TopMembers()
  private var things = TopMembers()

  /// Begins with empty tops.
  package init() {}

  /// The values of now, at most 150.
  package mutating func all(_ facts: MetricsFacts) -> [Metric] {
    let now = facts.boot ?? facts.wall ?? 0
    return identity(facts) + books(facts) + judged(facts.report) + growth(facts.report, now)
      + lists(facts.amounts, now) + owners(facts.report) + pods(facts) + kmemleak(facts)
      + coverage(facts)
  }

  private func identity(_ facts: MetricsFacts) -> [Metric] {
    var all = [
      Metric(.buildInfo, ["version": facts.version], 1),
      Metric(
        .hostInfo,
        [
          "release": facts.release, "boot_id": facts.bootID, "machine_id": facts.machineID,
          "build": facts.build,
        ], 1),
    ]
    if let modules = facts.modules {
      all.append(Metric(.modulesInfo, ["modules": modules.joined(separator: " ")], 1))
    }
    if let wall = facts.wall { all.append(Metric(.lastRun, wall)) }
    // The clock is set now and then: a boot has one time.
    if let booted = facts.bootTime { all.append(Metric(.bootTime, booted.rounded())) }
    return all
  }

  private func books(_ facts: MetricsFacts) -> [Metric] {
    var all = facts.classes.map {
      Metric(.memory, ["class": $0.key.rawValue, "side": $0.key.side.rawValue], of: $0.value)
    }
    let sums = facts.amounts.withSides
    all += MemorySide.inUse.compactMap { side in
      sums[.side(side)].map { Metric(.side, ["side": side.rawValue], of: $0) }
    }
    if let available = facts.available { all.append(Metric(.available, of: available)) }
    if let inUse = facts.amounts.values[.system] { all.append(Metric(.inUse, of: inUse)) }
    return all
  }

  private func judged(_ report: WatchReport?) -> [Metric] {
    guard let report else { return [] }
    let verdict = MachineVerdict(report)
    return MachineVerdict.allCases.map {
      Metric(.verdict, ["verdict": $0.rawValue], $0 == verdict ? 1 : 0)
    } + [
      Metric(.availableSeconds, report.inUse?.verdict.exhaustion ?? .infinity),
      Metric(.watchedSeconds, report.seconds),
      Metric(.watchedSamples, of: Int64(report.samples)),
      Metric(.watchedSeries, of: Int64(report.series)),
    ]
  }

  /// Growth of the sums, and of what grows the fastest; processes by their commands, whose pids nobody
  /// wants for names.
  private mutating func growth(_ report: WatchReport?, _ now: Double) -> [Metric] {
    guard let report else { return [] }
    let rows = Dictionary(report.growing.map { ($0.id, $0) }) { first, _ in first }
    let bytes = report.growing.filter { $0.unit == .bytes }
    let counts = report.growing.filter { !$0.unit.isBytes }
    var all = ([report.inUse].compactMap(\.self) + report.sides).flatMap { Self.rate($0.id, $0) }
    for id in growing.chosen(bytes.map(\.id), limit: Limit.growing, now: now) {
      all += Self.rate(id, rows[id])
    }
    for id in things.chosen(counts.map(\.id), limit: Limit.things, now: now) {
      all.append(Metric(.thingsGrowth, Self.labels(id, rows[id]), rows[id]?.rate ?? 0))
    }
    var known: [MetricName: Set<[Metric.Label]>] = [:]
    // Two processes of one command are one name: the faster one stands for it.
    return all.filter { known[$0.name, default: []].insert($0.labels).inserted }
  }

  private static func rate(_ id: SeriesID, _ row: WatchRow?) -> [Metric] {
    let labels = labels(id, row)
    let isGrowing = row?.isGrowing ?? false
    var all = [
      Metric(.growing, labels, isGrowing ? 1 : 0), Metric(.growth, labels, row?.rate ?? 0),
    ]
    if let row, let low = row.verdict.low, let high = row.verdict.high {
      all += [Metric(.growthLow, labels, low), Metric(.growthHigh, labels, high)]
    }
    return all
  }

  private static func labels(_ id: SeriesID, _ row: WatchRow?) -> KeyValuePairs<String, String?> {
    let side = row?.side ?? id.side()
    return [
      "kind": id.kind.rawValue, "series": id.process?.comm ?? id.key, "side": side?.rawValue,
    ]
  }

  private mutating func lists(_ amounts: MemoryAmounts, _ now: Double) -> [Metric] {
    let ordered = amounts.values.sorted {
      $0.value == $1.value ? $0.key.key < $1.key.key : $0.value > $1.value
    }
    let (byCache, byCaller, bySite) = (
      ordered.filter { $0.key.kind == .slabCache }.map(\.key),
      ordered.filter { $0.key.kind == .vmallocCaller }.map(\.key),
      ordered.filter { $0.key.kind == .allocationSite }.map(\.key)
    )
    // What grows is among those that are told, however small it still is.
    let grown = growing.members
    func first(_ all: [SeriesID]) -> [SeriesID] {
      all.filter(grown.contains) + all.filter { !grown.contains($0) }
    }
    let chosen =
      caches.chosen(first(byCache), limit: Limit.caches, now: now)
      + callers.chosen(first(byCaller), limit: Limit.callers, now: now)
      + sites.chosen(first(bySite), limit: Limit.sites, now: now)
    return chosen.compactMap { id in
      amounts.values[id].flatMap { Self.amount(id, $0, amounts.reclaimable) }
    }
  }

  private static func amount(_ id: SeriesID, _ value: Int64, _ reclaimable: [String: Bool])
    -> Metric?
  {
    switch id {
    case .slabCache(let name):
      let isReclaimable = reclaimable[name].map { $0 ? "1" : "0" }
      return Metric(.slabCache, ["cache": name, "reclaimable": isReclaimable], of: value)
    case .vmallocCaller(let caller):
      return Metric(.vmallocCaller, ["caller": caller.caller, "module": caller.module], of: value)
    case .allocationSite(let site):
      return Metric(
        .allocationSite,
        [
          "function": site.function, "file": site.file, "line": String(site.line),
          "module": site.module,
        ], of: value)
    default: return nil
    }
  }

  private func owners(_ report: WatchReport?) -> [Metric] {
    let row = report?.place.flatMap { $0.owners.isEmpty ? nil : $0 } ?? report?.culprit
    return (row?.owners ?? []).prefix(Limit.owners).map { candidate in
      Metric(
        .owner,
        [
          "module": candidate.owner.module ?? "vmlinux", "function": candidate.owner.function,
          "evidence": candidate.evidence.first?.kind.rawValue,
          "confidence": candidate.confidence.rawValue,
        ], of: candidate.growth ?? 0)
    }
  }

  private func pods(_ facts: MetricsFacts) -> [Metric] {
    facts.pods.prefix(Limit.pods).map {
      Metric(
        .pod, ["namespace": $0.namespace, "pod": $0.pod, "container": $0.container], of: $0.bytes)
    }
  }

  private func kmemleak(_ facts: MetricsFacts) -> [Metric] {
    guard let state = facts.kmemleak else { return [] }
    var all = [
      Metric(.kmemleakState, ["state": state.rawValue], 1),
      Metric(.kmemleakEnabled, state.isUsable ? 1 : 0),
    ]
    for leak in facts.leaks.prefix(Limit.leaks) {
      let labels: KeyValuePairs<String, String?> = [
        "function": leak.function, "module": leak.module ?? "vmlinux",
      ]
      all += [
        Metric(.kmemleakObjects, labels, of: leak.objects),
        Metric(.kmemleakBytes, labels, of: leak.bytes),
      ]
    }
    return all
  }

  private func coverage(_ facts: MetricsFacts) -> [Metric] {
    var all = facts.sources.map { Metric(.source, ["source": $0.path], $0.isRead ? 1 : 0) }
    if let processor = facts.ownProcessor { all.append(Metric(.ownProcessor, processor)) }
    if let memory = facts.ownMemory { all.append(Metric(.ownMemory, of: memory)) }
    return all
  }
}
