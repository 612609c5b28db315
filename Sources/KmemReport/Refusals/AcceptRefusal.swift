package import KmemAnalysis

/// Why what a user accepts can't be read.
package enum AcceptRefusal: Refusal {
  /// A file, and where in it.
  case file(AcceptFile.Refusal)
  /// The value of an option.
  case option(Acceptance.Refusal)

  /// The reason with the ids that there are, as words without a full stop.
  package var sentence: String {
    switch self {
    case .file(let refusal): "\(refusal.place): \(refusal.reason.words)"
    case .option(let refusal): refusal.words
    }
  }
}

extension Acceptance.Refusal {
  fileprivate var words: String {
    switch self {
    case .noRule(let name):
      "there is no rule '\(name)'; the rules are "
        + Finding.Rule.allCases.map(\.rawValue).sorted().joined(separator: ", ")
    case .noValue(let value):
      "'\(value)' is no value up to which something is accepted: bytes with a unit (2GiB), percent "
        + "(20%) or a count (1000)"
    }
  }
}
