import KmemParsers
import KmemSnapshot

/// What a report comes to, in one phrase.
package enum LeakJudgement: String, Sendable {
  /// The text lists objects, and kmemcheck asked for no scan.
  case listed = "leaks"
  /// The text is kmemleak's own file and lists no objects, and kmemcheck asked for no scan.
  case noneListed = "none listed"
  case confirmed = "leak confirmed"
  case suspected = "leak suspected"
  /// All objects of the report are in the baseline.
  case nothingNew = "no new leak"
  case nothingFound = "nothing found"
  /// Scans found nothing, and kernel memory grew.
  case grewUnseen = "nothing found, but memory grew"
  /// The scans are no evidence, lines of the report couldn't be read, or the text is a log that
  /// lists nothing, which is no report.
  case undecided = "not enough data"

  /// Whether it is a finding, and not only something known or undecided.
  package var isFinding: Bool {
    switch self {
    case .listed, .confirmed, .suspected: true
    case .noneListed, .nothingNew, .nothingFound, .grewUnseen, .undecided: false
    }
  }

  /// Whether the report answers if kernel memory leaks.
  package var isDecided: Bool { self != .undecided && self != .grewUnseen }
}

extension LeakReport {
  /// Objects that weren't in the baseline; all of them without one.
  ///
  /// After a reboot objects can't be told apart, and only counts are compared.
  package var newObjects: Int64 {
    guard let comparison else { return objects }
    guard comparison.boot != .different else { return min(objects, comparison.new) }
    return groups.sum { $0.news?.new ?? $0.objects }
  }

  /// The phrase that follows from the scans, the new objects and the growth of memory.
  package var judgement: LeakJudgement {
    guard let scan else {
      if newObjects > 0 { return .listed }
      guard doubts.isEmpty else { return .undecided }
      return objects == 0 ? .noneListed : .nothingNew
    }
    if newObjects > 0 {
      return groups.contains { $0.certainty == .confirmed } ? .confirmed : .suspected
    }
    guard scan.isValid, text.counts.malformed == 0, text.headlessCount == 0 else {
      return .undecided
    }
    if growthVerdict?.conclusion == .growing { return .grewUnseen }
    return objects > 0 ? .nothingNew : .nothingFound
  }
}
