import KmemParsers
import KmemSnapshot

/// The conclusion of a check; the raw values are part of the output.
package enum CheckJudgement: String, Sendable {
  /// Objects were lost and memory grew, or memory grew at each of many iterations.
  case confirmed = "leak confirmed"
  /// Objects were lost, and memory grew too little or too unevenly to confirm it.
  case suspected = "leak suspected"
  case grew = "growing, cause unknown"
  /// What the command leaves is held for user space, or cache: none of it is lost.
  case left = "left for user space or cache"
  case nothingFound = "nothing found"
  case undecided = "not enough data"

  /// Whether the check found a leak, sure or not.
  package var isFinding: Bool { self == .confirmed || self == .suspected }
  /// Whether the check answers if the command leaks.
  package var isDecided: Bool { isFinding || self == .nothingFound || self == .left }
}

extension CheckReport {
  /// From this many iterations on the rate per iteration decides, not the mere growth.
  package static let decisive = IterationTrend.fewest

  /// The conclusion that follows from lost objects, growing series and how much of the check was
  /// done.
  package var judgement: CheckJudgement {
    if let leaks, leaks.newObjects > 0 {
      let isBorneOut =
        !leaking.isEmpty || leaks.groups.contains { $0.growth?.word == .matching }
        || lostPerIteration?.trend.word == .leaks
      return isBorneOut ? .confirmed : .suspected
    }
    if !leaking.isEmpty { return .confirmed }
    if isInterrupted || iterations.count < wanted { return .undecided }
    if let leaks, leaks.scan?.isValid == false || leaks.text.counts.malformed > 0 {
      return .undecided
    }
    guard growth.kind.isGrowth else { return .undecided }
    if doubt != nil { return .grew }
    return left.isEmpty && (leftProcesses ?? []).isEmpty ? .nothingFound : .left
  }

  /// The amount that grew and can't be told from a leak: a series that many iterations leave open,
  /// or that grew over few.
  package var doubt: CheckSeries? {
    let suspects = series.filter { $0.side.isSuspect && $0.explanation?.isSure != true }
    guard iterations.count >= Self.decisive else {
      guard growth.verdict.conclusion == .growing else { return nil }
      return suspects.first { $0.growth > 0 }
    }
    return suspects.first { series in
      switch series.explanation {
      case .perhaps?, .others?: true
      case .counts?, .cache?, .userMemory?: false
      case nil: series.mayStillLeak || isLarge(series)
      }
    }
  }

  private func isLarge(_ series: CheckSeries) -> Bool {
    growth.verdict.conclusion == .growing && series.growth >= growth.verdict.floor
      && series.trend.word != .warmUpOnly && series.trend.word != .steady
  }

  /// What the command leaves for user space or in cache beside processes, at each of many iterations or, where
  /// there were few, by more than noise: bytes held for user space, then things, then cache, and last what
  /// running programs have, the most first.
  package var left: [CheckSeries] {
    let isSlope = iterations.count >= Self.decisive
    let left =
      isSlope
      ? series.filter(\.isLeft)
      : series.filter {
        ($0.side == .heldForUserSpace || $0.side == .userSpace) && $0.id.unit == .bytes
          && $0.growth >= growth.verdict.floor
      }
    let amount = { (one: CheckSeries) in isSlope ? one.trend.perIteration ?? 0 : Double(one.growth)
    }
    return left.filter { !isOfOtherPrograms($0, isSlope: isSlope) }.sorted {
      ($0.leftRank, -amount($0)) < ($1.leftRank, -amount($1))
    }
  }

  /// Whether the amount is memory of running programs that are none of the command's, or told with the
  /// processes that it left.
  ///
  /// Where the command leaves no process, one that it had started elsewhere may have the memory: many
  /// iterations tell that from other programs' work, and few don't.
  private func isOfOtherPrograms(_ series: CheckSeries, isSlope: Bool) -> Bool {
    guard let leftProcesses, series.id.isOfRunningPrograms else { return false }
    return !leftProcesses.isEmpty || !isSlope
  }
}

extension CheckSeries {
  /// The place among what is left: bytes held for user space, things, cache, and last what other programs may
  /// have.
  fileprivate var leftRank: Int {
    if id.isOfRunningPrograms { return 3 }
    return side == .cache ? 2 : id.unit == .bytes ? 0 : 1
  }
}

extension SeriesID {
  /// Whether it is memory that only running programs have, or counts them.
  fileprivate var isOfRunningPrograms: Bool {
    switch self {
    case .memoryClass(.anonymous), .memoryClass(.lruInTransit), .memoryClass(.pageTables),
      .memoryClass(.kernelStacks), .count(.threads):
      true
    default: false
    }
  }
}

extension CheckExplanation {
  /// Whether it leaves no doubt that nothing is lost.
  var isSure: Bool {
    switch self {
    case .counts, .cache, .userMemory: true
    case .perhaps, .others: false
    }
  }
}

extension CheckSeries {
  /// Whether it rose several times and never fell, too rarely to tell whether it goes on: so a leak
  /// of small objects looks that takes a new page now and then.
  ///
  /// A line of source and a cache count objects; what a class gains in a few pages comes and goes.
  fileprivate var mayStillLeak: Bool {
    guard id.kind == .allocationSite || id.kind == .slabCache || id.kind == .vmallocCaller,
      growth > slack, trend.word == .notEnough, case .rareSteps(let steps) = trend.grounds
    else { return false }
    return steps >= 4
  }
}
