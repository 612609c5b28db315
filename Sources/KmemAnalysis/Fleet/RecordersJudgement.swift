/// What the recorder of a machine judged of it, as its metrics tell.
package struct RecordersJudgement: Hashable, Sendable {
  /// What the recorder concluded; nil where its metrics don't say.
  package var verdict: MachineVerdict?
  /// The growth that it saw, per second, with the ends of the 95 % confidence interval.
  package var growths: [SeriesID: Growth] = [:]
  /// Seconds until the available memory is used up; nil where it doesn't end, or isn't known.
  package var exhaustion: Double?
  /// Who allocated what grows of the kernel's own.
  package var owner: Owner?
  /// The seconds that the judgement rests on.
  package var seconds = 0.0
  /// How many samples it rests on.
  package var samples = 0

  /// One growth, and whether it was judged to be sure.
  package struct Growth: Hashable, Sendable {
    /// Growth per second.
    package var rate: Double?
    /// The lower end.
    package var low: Double?
    /// The upper end.
    package var high: Double?
    /// Whether the recorder judged it to be sure.
    package var isSure = false

    /// A growth of which nothing is known yet.
    package init() {}
  }

  /// A judgement of which nothing is known yet.
  package init() {}

  /// The machine as its recorder judged it; nil where that couldn't decide either.
  ///
  /// The server keeps a sample a minute, the recorder has one every few seconds: it knows first.
  package func host(name: String, traits: Set<FleetTrait>) -> FleetHost? {
    guard let verdict, verdict != .notEnough else { return nil }
    return FleetHost(
      name: name, verdict: verdict, culprit: verdict.conclusion.isFinding ? culprit : nil,
      exhaustion: verdict.conclusion.isFinding ? exhaustion : nil, seconds: seconds,
      samples: samples, traits: traits, isRecorders: true)
  }

  /// The fastest of what surely grows, which sums only stand in for.
  private var culprit: FleetHost.Growing? {
    let sure = growths.filter { $0.value.isSure && ($0.value.rate ?? 0) > 0 }
    let parts = sure.filter { !$0.key.kind.isSum }
    let best = (parts.isEmpty ? sure : parts).max { ($0.value.rate ?? 0) < ($1.value.rate ?? 0) }
    guard let (id, growth) = best, let rate = growth.rate else { return nil }
    return FleetHost.Growing(
      id: id, place: nil, rate: rate, low: growth.low, high: growth.high, owner: owner)
  }
}

extension SeriesID.Kind {
  /// Whether amounts of that kind are sums of others, which name nobody.
  package var isSum: Bool { [.side, .system, .memoryClass].contains(self) }
}
