/// Chooses the word for what a fit shows, its grounds, and how many iterations would decide.
struct IterationClassifier {
  let fit: IterationFit
  let iterations: Int
  /// Rates below this needn't be excluded.
  let smallest: Double

  typealias Verdict = (word: IterationTrend.Word, grounds: IterationTrend.Grounds, needed: Int?)

  var verdict: Verdict {
    if iterations < IterationTrend.fewest || fit.points.count < IterationTrend.fewest - 1 {
      return (.notEnough, .tooFew, 20)
    }
    if fit.leaks { return leak }
    return rare ?? fading ?? uneven ?? flat
  }

  private var later: Int { Swift.max(1, iterations - fit.start) }

  private var leak: Verdict {
    let isEach = fit.falls == 0 && fit.rises.count >= fit.points.count - 1
    return (.leaks, .rises(steps: isEach ? nil : fit.rises.count), nil)
  }

  /// The verdict on steps so rare that nothing tells whether they go on: a page of small objects,
  /// or a thing done once.
  private var rare: Verdict? {
    guard fit.falls == 0, !fit.rises.isEmpty, fit.rises.count >= 3 || iterations < 100 else {
      return nil
    }
    let distance = Double(later) / Double(fit.rises.count)
    let needed = Swift.max(2 * iterations, Int((distance * 10).rounded(.up)))
    return (.notEnough, .rareSteps(fit.rises.count), needed)
  }

  private var fading: Verdict? {
    guard fit.fades, fit.test.chance < 0.005, fit.growth > 3 * fit.line.noise else { return nil }
    return (.notEnough, .fades, 4 * iterations)
  }

  /// The verdict on values too far apart to exclude a leak of a size that matters.
  private var uneven: Verdict? {
    guard fit.line.high > smallest else { return nil }
    let factor = Swift.min(10, Swift.max(2, fit.line.high / smallest))
    return (.noisy, .uneven, Int((Double(iterations) * factor).rounded(.up)))
  }

  private var flat: Verdict {
    (fit.warmUpGrowth > 3 * fit.line.noise ? .warmUpOnly : .steady, .flat, nil)
  }
}
