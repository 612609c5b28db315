/// One machine of many: the verdict on it, and what it has that others may share.
package struct FleetHost: Hashable, Sendable {
  /// The machine's name.
  package let name: String
  /// The verdict; nil where nothing tells enough to judge.
  package let verdict: MachineVerdict
  /// What grows, if anything is accused.
  package let culprit: Growing?
  /// Seconds until the available memory is used up; nil where it doesn't end, or isn't known.
  package let exhaustion: Double?
  /// Seconds and samples that the verdict rests on.
  package let seconds: Double
  /// How many samples the verdict rests on.
  package let samples: Int
  /// What the machine has.
  package let traits: Set<FleetTrait>
  /// Whether the verdict is that of its own recorder, because the samples at hand don't suffice.
  package let isRecorders: Bool

  /// What grows, how fast and how sure.
  package struct Growing: Hashable, Sendable {
    /// Which amount it is.
    package let id: SeriesID
    /// Where the memory lies, if that is something else.
    package let place: SeriesID?
    /// Growth per second, and the ends of its 95 % confidence interval.
    package let rate: Double
    /// The lower end.
    package let low: Double?
    /// The upper end.
    package let high: Double?
    /// Who allocated it; nil where nothing tells.
    package let owner: Owner?
  }

  /// A machine whose verdict is known otherwise than by a watch, as in tests.
  package init(
    name: String, verdict: MachineVerdict, culprit: Growing? = nil, exhaustion: Double? = nil,
    seconds: Double = 0, samples: Int = 0, traits: Set<FleetTrait> = [], isRecorders: Bool = false
  ) {
    self.name = name
    self.verdict = verdict
    self.culprit = culprit
    self.exhaustion = exhaustion
    self.seconds = seconds
    self.samples = samples
    self.traits = traits
    self.isRecorders = isRecorders
  }

  /// A machine by the watch of its samples.
  package init(name: String, _ report: WatchReport, traits: Set<FleetTrait>) {
    let row = report.isFinding ? report.culprit ?? report.inUse : nil
    let place = report.place
    let owner = row.flatMap { $0.owners.first?.owner } ?? place?.owners.first?.owner
    self.init(
      name: name, verdict: MachineVerdict(report),
      culprit: row.map {
        Growing(
          id: $0.id, place: place?.id == $0.id ? nil : place?.id, rate: $0.rate,
          low: $0.verdict.low, high: $0.verdict.high, owner: owner)
      }, exhaustion: report.isFinding ? report.inUse?.verdict.exhaustion : nil,
      seconds: report.seconds, samples: report.samples, traits: traits)
  }

  /// The same machine, with a name for growth of which only a sum is known: what its own recorder
  /// judged to grow about as fast.
  package func named(by recorder: RecordersJudgement) -> FleetHost {
    guard let culprit else { return self }
    let isSum = culprit.id.kind.isSum || culprit.id.kind == .count
    let named = recorder.growths.filter { id, growth in
      !id.kind.isSum && (0.5...1.5).contains((growth.rate ?? 0) / culprit.rate)
    }.max { ($0.value.rate ?? 0) < ($1.value.rate ?? 0) }
    let found = Growing(
      id: isSum ? named?.key ?? culprit.id : culprit.id, place: culprit.place, rate: culprit.rate,
      low: culprit.low, high: culprit.high,
      owner: culprit.owner ?? (isKernels ? recorder.owner : nil))
    return FleetHost(
      name: name, verdict: verdict, culprit: found, exhaustion: exhaustion, seconds: seconds,
      samples: samples, traits: traits)
  }

  /// Whether the machine leaks, or something on it grows that isn't given back.
  package var isLeaking: Bool { verdict.conclusion.isFinding }

  /// Whether what grows is the kernel's own.
  package var isKernels: Bool { verdict == .kernel || verdict == .unaccounted }
}

/// Something that machines have or don't have.
package struct FleetTrait: Hashable, Sendable {
  /// What kind of thing it is.
  package let kind: Kind
  /// Its name.
  package let name: String

  /// The kinds there are; the raw values stand in JSON.
  package enum Kind: String, CaseIterable, Hashable, Sendable {
    case release, build, module
    /// A slab cache that the machine has.
    case cache
    /// How long ago it was booted: `over 7 d`.
    case uptime
  }

  /// A thing of that kind.
  package init(_ kind: Kind, _ name: String) {
    self.kind = kind
    self.name = name
  }

  /// The spans of uptime that are asked about, in seconds with their names.
  private static let spans: [(seconds: Double, name: String)] = [
    (86400, "over 1 d"), (7 * 86400, "over 7 d"), (30 * 86400, "over 30 d"),
  ]

  /// The traits of a machine that was booted so many seconds ago.
  package static func uptime(_ seconds: Double) -> Set<FleetTrait> {
    Set(spans.filter { seconds >= $0.seconds }.map { FleetTrait(.uptime, $0.name) })
  }
}
