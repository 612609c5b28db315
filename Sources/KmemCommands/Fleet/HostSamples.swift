import KmemAnalysis
import KmemParsers

/// What a server has of one machine, put together to what a watch has: tables of samples.
struct HostSamples {
  /// The amounts by time, in seconds since 1970.
  private var moments: [Double: MemoryAmounts] = [:]
  private var available: (time: Double, bytes: Int64)?
  /// When the machine was booted last, in seconds since 1970.
  private(set) var bootTime: Double?
  private var bootSeen = -Double.infinity
  private(set) var release: String?
  private(set) var traits: Set<FleetTrait> = []
  private var infoTime = -Double.infinity
  private(set) var lastRun: (time: Double, value: Double)?
  /// How many sources one amount has at the same time.
  private(set) var isDoubled = false
  /// What the machine's own recorder judged.
  private(set) var recorder = RecordersJudgement()

  /// Takes a series of the server's.
  mutating func add(_ series: PrometheusAnswer.Series) {
    guard let name = series.labels["__name__"]?.dropFirst("kmemcheck_".count),
      let metric = MetricName(rawValue: String(name)), let last = series.times.last,
      let value = series.values.last
    else { return }
    switch metric {
    case .hostInfo: addInfo(series.labels, at: last)
    case .modulesInfo: addModules(series.labels, at: last)
    case .bootTime where last > bootSeen: (bootTime, bootSeen) = (value, last)
    case .lastRun: lastRun = (last, value)
    case .available:
      if let bytes = Int64(exactly: value.rounded()), last >= available?.time ?? 0 {
        available = (last, bytes)
      }
    case .verdict, .growing, .growth, .growthLow, .growthHigh, .thingsGrowth, .availableSeconds,
      .owner, .watchedSeconds, .watchedSamples:
      recorder.add(metric, series.labels, value)
    default:
      guard let id = SeriesID(metric, series.labels) else { return }
      add(id, series)
    }
  }

  private mutating func add(_ id: SeriesID, _ series: PrometheusAnswer.Series) {
    let isReclaimable = series.labels["reclaimable"].map { $0 == "1" }
    for (time, value) in zip(series.times, series.values) {
      guard let amount = Int64(exactly: value.rounded()) else { continue }
      // Two recorders would count the same memory twice.
      guard moments[time]?.values[id] == nil else {
        isDoubled = true
        continue
      }
      moments[time, default: MemoryAmounts()].add(id, amount, isReclaimable: isReclaimable)
    }
    if case .slabCache(let name) = id { traits.insert(FleetTrait(.cache, name)) }
  }

  private mutating func addInfo(_ labels: [String: String], at time: Double) {
    guard time >= infoTime else { return }
    infoTime = time
    traits = traits.filter { $0.kind != .release && $0.kind != .build }
    release = labels["release"]
    if let release { traits.insert(FleetTrait(.release, release)) }
    if let build = labels["build"] { traits.insert(FleetTrait(.build, build)) }
  }

  private var modulesTime = -Double.infinity
  private mutating func addModules(_ labels: [String: String], at time: Double) {
    guard time >= modulesTime, let modules = labels["modules"] else { return }
    modulesTime = time
    traits = traits.filter { $0.kind != .module }
    for name in modules.split(separator: " ") { traits.insert(FleetTrait(.module, String(name))) }
  }

  /// The verdict of these samples by the rules of a watch, of the last boot alone.
  func report(name: String) -> WatchReport {
    var table = SampleTable(limit: WatchTables.rows)
    // A minute for clocks: the time of boot is as exact as the clock was.
    let start = bootTime.map { $0 - 60 } ?? -Double.infinity
    for (time, amounts) in moments.sorted(by: { $0.key < $1.key }) where time >= start {
      table.append(amounts, at: Int64(exactly: (time * 1e9).rounded()) ?? 0)
    }
    var facts = WatchFacts()
    facts.hostname = name
    facts.release = release
    return WatchReport([table], facts: facts, available: available?.bytes)
  }

  /// What the machine has that others may have too.
  var allTraits: Set<FleetTrait> {
    guard let bootTime, bootSeen > bootTime else { return traits }
    return traits.union(FleetTrait.uptime(bootSeen - bootTime))
  }
}

extension SeriesID {
  /// The amount that a metric with these labels is of; nothing where it is none that is judged.
  init?(_ metric: MetricName, _ labels: [String: String]) {
    let found: SeriesID? =
      switch metric {
      case .inUse: .system
      case .side: labels["side"].flatMap(MemorySide.init).map(SeriesID.side)
      case .memory: labels["class"].flatMap(MemoryClass.init).map(SeriesID.memoryClass)
      case .slabCache: labels["cache"].map(SeriesID.slabCache)
      case .vmallocCaller:
        labels["caller"].map {
          .vmallocCaller(VmallocCaller(caller: $0, module: labels["module"]))
        }
      case .allocationSite: Self.site(labels)
      default: nil
      }
    guard let found else { return nil }
    self = found
  }

  private static func site(_ labels: [String: String]) -> SeriesID? {
    guard let function = labels["function"], let file = labels["file"],
      let line = labels["line"].flatMap(Int.init)
    else { return nil }
    return .allocationSite(
      AllocationSite(file: file, line: line, function: function, module: labels["module"]))
  }
}
