import KmemAnalysis

extension Conclusion {
  /// How it is set off.
  var tone: Style.Tone {
    switch self {
    case .growing, .userSpace: .bad
    case .heldForUserSpace: .warning
    case .stable: .good
    case .cache, .notEnough: .none
    }
  }
}
