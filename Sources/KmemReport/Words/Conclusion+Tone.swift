import KmemAnalysis

extension Conclusion {
  /// The colour in which the conclusion is set.
  var tone: Style.Tone {
    switch self {
    case .growing, .userSpace: .bad
    case .heldForUserSpace: .warning
    case .stable: .good
    case .cache, .notEnough: .none
    }
  }
}
