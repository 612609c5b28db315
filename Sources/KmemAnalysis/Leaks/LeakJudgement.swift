import KmemParsers
import KmemSnapshot

/// What a report comes to, in one phrase.
package enum LeakJudgement: String, Sendable {
  /// A text lists objects; nobody scanned.
  case listed = "leaks"
  /// A text lists none; nobody scanned.
  case noneListed = "none listed"
  case confirmed = "leak confirmed"
  case suspected = "leak suspected"
  /// All that is listed was known before.
  case nothingNew = "no new leak"
  case nothingFound = "nothing found"
  /// Scans found nothing, and kernel memory grew.
  case grewUnseen = "nothing found, but memory grew"
  /// The scans don't count.
  case undecided = "not enough data"

  /// Whether it is a finding, and not only something known or undecided.
  package var isFinding: Bool {
    switch self {
    case .listed, .confirmed, .suspected: true
    case .noneListed, .nothingNew, .nothingFound, .grewUnseen, .undecided: false
    }
  }

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

  package var judgement: LeakJudgement {
    guard let scan else {
      if objects == 0 { return .noneListed }
      return newObjects > 0 ? .listed : .nothingNew
    }
    if newObjects > 0 {
      return groups.contains { $0.certainty == .confirmed } ? .confirmed : .suspected
    }
    guard scan.isValid, text.counts.malformed == 0 else { return .undecided }
    if growthVerdict?.conclusion == .growing { return .grewUnseen }
    return objects > 0 ? .nothingNew : .nothingFound
  }
}
