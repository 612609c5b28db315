import KmemAnalysis

extension KmemleakAbsence {
  /// The reason in a few words.
  var words: String {
    switch self {
    case .notWanted: "not wanted"
    case .unusable(let finding): Self.unusable(finding)
    case .notRoot: "only root may command it"
    }
  }

  private static func unusable(_ finding: KmemleakFinding) -> String {
    let evidence = finding.evidence.first.map { ": \($0.words)" } ?? ""
    return "\(finding.state.rawValue)\(evidence); kmemcheck status tells more"
  }
}
