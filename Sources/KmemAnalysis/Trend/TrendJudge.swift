/// Judges all series of a machine together.
///
/// Of a thousand series that don't grow, some rise by chance: what counts as significant depends on how
/// many were looked at (Benjamini and Hochberg, "Controlling the False Discovery Rate", JRSS B 57, 1995).
package enum TrendJudge {
  /// Fewer samples than this decide nothing: twelve must be left after warm-up.
  package static let fewest = 15
  /// The share of chance findings among those called significant.
  private static let falseShare = 0.01

  /// A verdict for each series, in their order.
  ///
  /// `others` is the number of series that hardly changed and aren't given; they still count among
  /// those looked at.
  package static func verdicts(_ series: [Series], others: Int = 0) -> [TrendVerdict] {
    let fits = series.map(fit)
    let limit = largestChance(fits.compactMap { $0?.test.chance }, others: others)
    return zip(series, fits).map { series, fit in
      guard let fit else { return TrendVerdict(undecided: series) }
      return TrendVerdict(
        series, SeriesClassifier(series: series, fit: fit, isSignificant: fit.test.chance <= limit))
    }
  }

  private static func fit(_ series: Series) -> SeriesFit? {
    let points = series.points
    // An amount that is gone, or can't be read any more, has no trend.
    guard points.count >= fewest, series.missingAtEnd < 3 else { return nil }
    return SeriesFit.chosen(points)
  }

  /// The largest chance that still counts as significant.
  static func largestChance(_ chances: [Double], others: Int = 0) -> Double {
    let sorted = chances.sorted()
    let all = Double(sorted.count.plus(max(0, others)))
    let last = sorted.enumerated().last { index, chance in
      chance <= falseShare * Double(index + 1) / all
    }
    return last?.element ?? -1
  }
}

extension TrendVerdict {
  init(_ series: Series, _ judge: SeriesClassifier) {
    let (fit, decision) = (judge.fit, judge.decision)
    conclusion = decision.conclusion
    (rate, low, high) = (fit.line.slope, fit.line.low, fit.line.high)
    (samples, seconds) = (series.samples.count, series.seconds)
    samplesEach = series.samplesEach
    (warmUp, growth, noise) = (fit.warmUp, fit.growth, fit.line.noise)
    (judgedSamples, judgedSeconds) = (fit.points.count, fit.seconds)
    chance = fit.test.chance
    secondsNeeded = decision.more
    samplesNeeded = Self.samples(in: decision.more, series)
    exhaustion = conclusion.isFinding ? judge.exhaustion : nil
    room = exhaustion == nil ? nil : series.room
    unit = series.unit
    grounds = decision.grounds
  }

  /// The verdict on a series without a trend: it has too few samples, or its amount is gone.
  init(undecided series: Series) {
    conclusion = .notEnough
    (rate, low, high, exhaustion, room) = (nil, nil, nil, nil, nil)
    (samples, seconds) = (series.samples.count, series.seconds)
    samplesEach = series.samplesEach
    (warmUp, growth, noise, chance) = (0, 0, 0, 1)
    (judgedSamples, judgedSeconds) = (0, 0)
    unit = series.unit
    let values = series.samples.count { $0.value != nil }
    let lacking = max(0, TrendJudge.fewest - values)
    guard lacking > 0 else {
      (secondsNeeded, samplesNeeded) = (nil, nil)
      grounds = .gone(series.missingAtEnd)
      return
    }
    samplesNeeded = lacking
    secondsNeeded = series.interval > 0 ? Double(lacking) * series.interval : nil
    grounds = .tooFew(values, hasBooted: series.restarts > 0)
  }

  private static func samples(in seconds: Double?, _ series: Series) -> Int? {
    guard let seconds, series.interval > 0 else { return nil }
    return Int(min(1e9, (seconds / series.interval).rounded(.up)))
  }
}
