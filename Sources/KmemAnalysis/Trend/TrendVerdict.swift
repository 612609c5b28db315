/// What a series of samples allows to be said.
///
/// Growth alone never makes a leak.
package struct TrendVerdict: Hashable, Sendable {
  package internal(set) var conclusion: Conclusion
  /// The growth in bytes (or counts) per second; a guess where the conclusion isn't one of growth.
  package let rate: Double?
  /// The 95 % confidence interval of the rate.
  package let low: Double?
  package let high: Double?
  package let samples: Int
  /// Seconds from the first sample to the last.
  package let seconds: Double
  /// Seconds of them taken for warm-up and not judged.
  package let warmUp: Double
  /// Samples that were judged, and seconds from the first of them to the last.
  package let judgedSamples: Int
  package let judgedSeconds: Double
  /// What the floors rose by in the time judged.
  package let growth: Double
  /// How far floors lie from the line, as a standard deviation.
  package let noise: Double
  /// The chance of such a rise where nothing grows, by the trend test.
  package let chance: Double
  /// Seconds more that would probably decide, where these samples don't.
  package internal(set) var secondsNeeded: Double?
  package internal(set) var samplesNeeded: Int?
  /// What is left to grow into, in the series' unit, where it's growing and that is known.
  package let room: Int64?
  /// Seconds until that is used up at this rate; only where it's growing.
  package let exhaustion: Double?
  package let unit: TrendUnit
  package let grounds: Grounds

  /// What the conclusion rests on.
  package enum Grounds: Hashable, Sendable {
    /// Its floor rose all the time, at one rate, by much more than the noise.
    case rose(MemorySide?)
    /// It may be rising, but not as evenly as a leak does.
    case uneven
    /// It rises, so far by too little to matter.
    case small
    /// No growth is seen; the interval of the rate says how much could hide.
    case flat
    /// It couldn't be read, or was gone, in so many of the last samples.
    case gone(Int)
    /// So many values are too few; the machine may have booted in between.
    case tooFew(Int, hasBooted: Bool)
  }
}

extension TrendVerdict {
  /// The same growth under another conclusion, that needs no more samples.
  func concluded(_ conclusion: Conclusion) -> TrendVerdict {
    var verdict = self
    verdict.conclusion = conclusion
    verdict.secondsNeeded = nil
    verdict.samplesNeeded = nil
    return verdict
  }
}
