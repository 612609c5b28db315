/// What a series of samples allows to be said.
///
/// Growth alone never makes a leak: see `confirmed(by:)`.
package struct TrendVerdict: Hashable, Sendable {
  package let name: String
  package let word: Word
  /// The growth in bytes (or counts) per second; a guess where the word isn't one of growth.
  package let rate: Double?
  /// The 95 % confidence interval of the rate.
  package let low: Double?
  package let high: Double?
  package let samples: Int
  /// Seconds from the first sample to the last.
  package let seconds: Double
  /// Seconds of them taken for warm-up and not judged.
  package let warmUp: Double
  /// What the floors rose by in the time judged.
  package let growth: Double
  /// How far floors lie from the line, as a standard deviation.
  package let noise: Double
  /// The chance of such a rise where nothing grows, by the trend test.
  package let chance: Double
  /// Seconds more that would probably decide, where these samples don't.
  package let secondsNeeded: Double?
  package let samplesNeeded: Int?
  /// Seconds until the given bound is used up at this rate; only where it's growing.
  package let exhaustion: Double?
  /// The word's grounds as sentences.
  package let reason: String

  package enum Word: String, Hashable, Sendable, CaseIterable {
    case leakConfirmed = "leak confirmed"
    case growing = "growing, cause unknown"
    case heldForUserSpace = "held for user space"
    case cache = "cache (reclaimable)"
    case stable = "stable"
    case notEnough = "not enough data"
  }
}

/// What besides growth shows that memory is lost, and not merely in use.
package enum Corroboration: Hashable, Sendable {
  /// Objects that kmemleak found unreferenced in so many valid scans, of a size that grew.
  case kmemleak(group: String, scans: Int)
  /// Runs of the same command that each add as much again.
  case iterations(IterationTrend)

  /// The evidence as a sentence, or nothing where it's too weak to confirm a leak.
  var words: String? {
    switch self {
    case .kmemleak(let group, let scans):
      scans < 2 ? nil : "kmemleak found \(group) unreferenced in \(scans) scans."
    case .iterations(let trend): trend.word == .leaks ? trend.reason : nil
    }
  }
}

extension TrendVerdict {
  /// The verdict with evidence of another kind beside the growth.
  ///
  /// Only what grows without being cache or held for programs can be a leak of its owner's.
  package func confirmed(by evidence: Corroboration) -> TrendVerdict {
    guard word == .growing, let words = evidence.words else { return self }
    return TrendVerdict(
      name: name, word: .leakConfirmed, rate: rate, low: low, high: high, samples: samples,
      seconds: seconds, warmUp: warmUp, growth: growth, noise: noise, chance: chance,
      secondsNeeded: nil, samplesNeeded: nil, exhaustion: exhaustion,
      reason: "\(reason) \(words)")
  }
}
