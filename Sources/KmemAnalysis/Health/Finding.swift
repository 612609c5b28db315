/// Something about one moment that a reader should know first.
package struct Finding: Hashable, Sendable {
  package let severity: Severity
  /// What is the matter, with its number, as a sentence without its full stop.
  package let sentence: String
  /// What to do or where to look next.
  package let remedy: String

  package enum Severity: String, CaseIterable, Comparable, Hashable, Sendable {
    case note, warning, critical

    package static func < (first: Self, second: Self) -> Bool {
      first.rank < second.rank
    }

    private var rank: Int {
      switch self {
      case .note: 0
      case .warning: 1
      case .critical: 2
      }
    }
  }
}
