import KmemAnalysis

extension RecordersJudgement {
  /// Takes a value of the metrics that tell what the recorder judged; others are passed over.
  mutating func add(_ metric: MetricName, _ labels: [String: String], _ value: Double) {
    switch metric {
    case .verdict where value == 1: verdict = labels["verdict"].flatMap(MachineVerdict.init)
    case .availableSeconds where value.isFinite: exhaustion = value
    case .watchedSeconds where value.isFinite: seconds = value
    case .watchedSamples: samples = Int(exactly: value.rounded()) ?? 0
    case .owner:
      owner = Owner(
        module: labels["module"].flatMap { $0 == "vmlinux" ? nil : $0 },
        function: labels["function"])
    default:
      if let id = SeriesID(judged: labels), value.isFinite {
        growths[id, default: Growth()].take(metric, value)
      }
    }
  }
}

extension RecordersJudgement.Growth {
  fileprivate mutating func take(_ metric: MetricName, _ value: Double) {
    switch metric {
    case .growth, .thingsGrowth: rate = value
    case .growthLow: low = value
    case .growthHigh: high = value
    case .growing: isSure = value == 1
    default: break
    }
  }
}

extension SeriesID {
  /// What a growth is of, by the labels `kind` and `series`; processes go by their commands' names.
  fileprivate init?(judged labels: [String: String]) {
    guard let kind = labels["kind"].flatMap(SeriesID.Kind.init), let key = labels["series"],
      let id: SeriesID = kind == .process ? .command(key) : SeriesID(kind, key: key)
    else { return nil }
    self = id
  }
}
