/// Puts what a fit shows into a word, its grounds, and the iterations that would decide.
struct IterationJudge {
  let fit: IterationFit
  let iterations: Int
  let unit: TrendUnit
  /// Rates below this needn't be excluded.
  let smallest: Double

  typealias Verdict = (word: IterationTrend.Word, reason: String, needed: Int?)

  var verdict: Verdict {
    if iterations < IterationTrend.fewest || fit.points.count < IterationTrend.fewest - 1 {
      return tooFew
    }
    if fit.leaks { return (.leaks, leak, nil) }
    return rare ?? fading ?? uneven ?? flat
  }

  private var later: Int { Swift.max(1, iterations - fit.start) }

  private var range: String {
    fit.line.low == fit.line.high
      ? "" : " (\(unit.words(fit.line.low)) to \(unit.words(fit.line.high)), 95 % sure)"
  }

  private var leak: String {
    var text = "Each of the last \(later) iterations added \(unit.words(fit.line.slope))\(range)"
    let isEach = fit.falls == 0 && fit.rises.count >= fit.points.count - 1
    if !isEach {
      text = "The last \(later) iterations added \(unit.words(fit.line.slope)) each\(range)"
      text += " on average, in \(fit.rises.count) steps"
    }
    text += ", \(unit.words(fit.growth)) in all."
    return fit.warmUpGrowth > 0 ? text + " \(warmUp)" : text
  }

  private var warmUp: String {
    let first = fit.start == 1 ? "first iteration" : "first \(fit.start) iterations"
    return "The \(first) added \(unit.words(fit.warmUpGrowth)), counted as warm-up."
  }

  private var tooFew: Verdict {
    (
      .notEnough,
      "\(iterations) iterations can't tell a leak from warm-up: the first added"
        + " \(unit.words(fit.warmUpGrowth)), the later ones \(unit.words(fit.growth))."
        + " At least \(IterationTrend.fewest) are needed; run 20.",
      20
    )
  }

  /// Steps so rare that what comes next isn't known: a page of small objects, or a thing done once.
  private var rare: Verdict? {
    guard fit.falls == 0, !fit.rises.isEmpty, fit.rises.count >= 3 || iterations < 100 else {
      return nil
    }
    let steps = fit.rises.count == 1 ? "once" : "\(fit.rises.count) times"
    let distance = Double(later) / Double(fit.rises.count)
    let needed = Swift.max(2 * iterations, Int((distance * 10).rounded(.up)))
    return (
      .notEnough,
      "The amount rose \(steps) in the last \(later) iterations, by \(unit.words(fit.growth)) in all:"
        + " that can be a page that small leaked objects fill now and then, or something done once."
        + " Run \(needed) iterations.",
      needed
    )
  }

  private var fading: Verdict? {
    guard fit.fades, fit.test.chance < 0.005, fit.growth > 3 * fit.line.noise else { return nil }
    return (
      .notEnough,
      "The amount still rises, but less and less: \(unit.words(fit.growth)) in the last \(later)"
        + " iterations. Run \(4 * iterations) iterations.",
      4 * iterations
    )
  }

  /// Values too far apart to exclude a leak of a size that matters.
  private var uneven: Verdict? {
    guard fit.line.high > smallest else { return nil }
    let factor = Swift.min(10, Swift.max(2, fit.line.high / smallest))
    let needed = Int((Double(iterations) * factor).rounded(.up))
    return (
      .noisy,
      "The amounts vary by \(unit.words(fit.line.noise)) around their line, so a leak of up to"
        + " \(unit.words(fit.line.high)) an iteration could hide among them."
        + " Run about \(needed) iterations, or quieten the machine.",
      needed
    )
  }

  private var flat: Verdict {
    let rest =
      fit.line.high > 0
      ? " A leak of more than \(unit.words(fit.line.high)) an iteration would show." : ""
    let isWarmUp = fit.warmUpGrowth > 3 * fit.line.noise
    guard isWarmUp else {
      let change = fit.growth == 0 ? "didn't change" : "changed by \(unit.words(fit.growth))"
      return (.steady, "The amount \(change) over the last \(later) iterations.\(rest)", nil)
    }
    return (
      .warmUpOnly, "\(warmUp) The \(later) after it added \(unit.words(fit.growth)).\(rest)", nil
    )
  }
}
