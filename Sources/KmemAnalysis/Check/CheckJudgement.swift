import KmemParsers
import KmemSnapshot

/// What a check comes to, in one phrase.
package enum CheckJudgement: String, Sendable {
  /// Lost objects and growth, or growth at each of many iterations.
  case confirmed = "leak confirmed"
  /// Lost objects, and growth too small or too uneven to bear them out.
  case suspected = "leak suspected"
  case grew = "growing, cause unknown"
  case nothingFound = "nothing found"
  case undecided = "not enough data"

  package var isFinding: Bool { self == .confirmed || self == .suspected }
  package var isDecided: Bool { isFinding || self == .nothingFound }
}

extension CheckReport {
  /// From this many iterations on the slope decides, not the mere growth.
  package static let decisive = IterationTrend.fewest

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

  /// What grew and can't be told from a leak: a series that many iterations leave open, or the
  /// growth of few.
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
