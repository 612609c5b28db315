package import KmemAnalysis

/// The grounds of a verdict on the runs of one command, in sentences.
package struct IterationWords {
  private let trend: IterationTrend

  /// Prepares the sentences.
  package init(_ trend: IterationTrend) { self.trend = trend }

  /// The grounds, and where they don't decide, what would.
  package var sentence: String {
    switch trend.grounds {
    case .rises(let steps): rises(steps)
    case .tooFew:
      "\(trend.iterations) iterations can't tell a leak from warm-up: the first added"
        + " \(words(trend.warmUpGrowth)), the later ones \(words(trend.growth))."
        + " At least \(IterationTrend.fewest) are needed; run \(needed)."
    case .rareSteps(let steps):
      "The amount rose \(steps == 1 ? "once" : "\(steps) times") in the last \(trend.later)"
        + " iterations, by \(words(trend.growth)) in all: that can be a page that small leaked"
        + " objects fill now and then, or something done once. Run \(needed) iterations."
    case .fades:
      "The amount still rises, but less and less: \(words(trend.growth)) in the last \(trend.later)"
        + " iterations. Run \(needed) iterations."
    case .uneven:
      "The amounts vary by \(words(trend.noise)) around their line, so a leak of up to"
        + " \(words(trend.high ?? 0)) an iteration could hide among them."
        + " Run about \(needed) iterations, or quieten the machine."
    case .flat: flat
    case .notComparable(let isKnown):
      "One iteration can't tell a leak from warm-up."
        + (isKnown ? " It added \(words(trend.warmUpGrowth))." : "") + " Run \(needed)."
    }
  }

  private var needed: Int { trend.iterationsNeeded ?? 20 }

  private func words(_ amount: Double) -> String { trend.unit.words(amount) }

  private func words(_ amount: Int64) -> String { words(Double(amount)) }

  private func rises(_ steps: Int?) -> String {
    let each = words(trend.perIteration ?? 0)
    let (low, high) = (words(trend.low ?? 0), words(trend.high ?? 0))
    let range = trend.low == trend.high ? "" : " (\(low) to \(high), 95 % sure)"
    let start =
      steps.map {
        "The last \(trend.later) iterations added \(each) each\(range) on average, in \($0) steps"
      } ?? "Each of the last \(trend.later) iterations added \(each)\(range)"
    let text = start + ", \(words(trend.growth)) in all."
    return trend.warmUpGrowth > 0 ? "\(text) \(warmUp)" : text
  }

  private var warmUp: String {
    let first = trend.warmUp == 1 ? "first iteration" : "first \(trend.warmUp) iterations"
    return "The \(first) added \(words(trend.warmUpGrowth)), counted as warm-up."
  }

  private var flat: String {
    let high = trend.high ?? 0
    let rest =
      high > 0 ? " A leak of more than \(words(high)) an iteration would show." : ""
    guard trend.word == .warmUpOnly else {
      let change = trend.growth == 0 ? "didn't change" : "changed by \(words(trend.growth))"
      return "The amount \(change) over the last \(trend.later) iterations.\(rest)"
    }
    return "\(warmUp) The \(trend.later) after it added \(words(trend.growth)).\(rest)"
  }
}
