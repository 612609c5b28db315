/// What a series of samples shows, and what may be said of it.
///
/// Growth alone never makes a leak.
package struct TrendVerdict: Hashable, Sendable {
  /// The word for what the series shows.
  package internal(set) var conclusion: Conclusion
  /// The growth in bytes (or counts) per second; a guess where the conclusion isn't one of growth.
  package let rate: Double?
  /// The lower end of the 95 % confidence interval of the rate.
  package let low: Double?
  /// The upper end of the interval.
  package let high: Double?
  /// How many values there are, known or not: samples, or the lowest of some.
  package let samples: Int
  /// How many samples each of them stands for.
  package let samplesEach: Int
  /// Seconds from the first sample to the last.
  package let seconds: Double
  /// Seconds at the beginning that were taken for warm-up and not judged.
  package let warmUp: Double
  /// How many of the values came after warm-up and were judged.
  package let judgedSamples: Int
  /// Seconds from the first judged sample to the last.
  package let judgedSeconds: Double
  /// What the floors rose by in the time judged.
  package let growth: Double
  /// How far floors lie from the line, as a standard deviation.
  package let noise: Double
  /// The chance of such a rise where nothing grows, by the trend test.
  package let chance: Double
  /// Seconds more that would probably decide, where these samples don't.
  package internal(set) var secondsNeeded: Double?
  /// How many more samples would probably decide; nil where these do.
  package internal(set) var samplesNeeded: Int?
  /// What the amount can still grow into, in the series' unit; nil where it isn't growing, or that
  /// isn't known.
  package let room: Int64?
  /// Seconds until `room` is used up at this rate; nil where the amount isn't growing.
  package let exhaustion: Double?
  /// What the values count: bytes or things.
  package let unit: TrendUnit
  /// What the conclusion rests on.
  package let grounds: Grounds

  /// What the conclusion rests on.
  package enum Grounds: Hashable, Sendable {
    /// The floor of the amount rose all the time, at one rate, by much more than the noise.
    case rose(MemorySide?)
    /// The amount may be rising, but not as evenly as a leak does.
    case uneven
    /// The amount rises, so far by too little to matter.
    case small
    /// No growth is seen; the interval of the rate says how much could hide.
    case flat
    /// The amount couldn't be read, or was gone, in this many of the last samples.
    case gone(Int)
    /// This many values are too few; the machine may have booted in between.
    case tooFew(Int, hasBooted: Bool)
  }
}

extension TrendVerdict {
  /// The same growth under another conclusion, which needs no more samples.
  func concluded(_ conclusion: Conclusion) -> TrendVerdict {
    var verdict = self
    verdict.conclusion = conclusion
    verdict.secondsNeeded = nil
    verdict.samplesNeeded = nil
    return verdict
  }
}
