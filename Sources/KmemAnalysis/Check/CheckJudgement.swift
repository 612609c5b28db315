import KmemParsers
import KmemSnapshot

/// The conclusion of a check; the raw values are part of the output.
package enum CheckJudgement: String, Sendable {
  /// Objects were lost and memory grew, or memory grew at each of many iterations.
  case confirmed = "leak confirmed"
  /// Objects were lost, and memory grew too little or too unevenly to confirm it.
  case suspected = "leak suspected"
  case grew = "growing, cause unknown"
  case nothingFound = "nothing found"
  case undecided = "not enough data"

  /// Whether the check found a leak, sure or not.
  package var isFinding: Bool { self == .confirmed || self == .suspected }
  /// Whether the check answers if the command leaks.
  package var isDecided: Bool { isFinding || self == .nothingFound }
}

extension CheckReport {
  /// From this many iterations on the rate per iteration decides, not the mere growth.
  package static let decisive = IterationTrend.fewest

  /// The conclusion that follows from lost objects, growing series and how much of the check was
  /// done.
  package var judgement: CheckJudgement {
    if let leaks, leaks.newObjects > 0 {
      let isBorneOut = !leaking.isEmpty || leaks.groups.contains { $0.growth?.word == .matching }
      return isBorneOut ? .confirmed : .suspected
    }
    if !leaking.isEmpty { return .confirmed }
    if isInterrupted || iterations.count < wanted { return .undecided }
    if let leaks, leaks.scan?.isValid == false || leaks.text.counts.malformed > 0 {
      return .undecided
    }
    guard growth.kind.isGrowth else { return .undecided }
    return doubt == nil ? .nothingFound : .grew
  }

  /// The amount that grew and can't be told from a leak: a series that many iterations leave open,
  /// or that grew over few.
  package var doubt: CheckSeries? {
    guard growth.verdict.conclusion == .growing else { return nil }
    let suspects = series.filter(\.side.isSuspect)
    guard iterations.count >= Self.decisive else { return suspects.first { $0.growth > 0 } }
    return suspects.first { series in
      series.growth >= growth.verdict.floor && series.trend.word != .warmUpOnly
        && series.trend.word != .steady
    }
  }
}
