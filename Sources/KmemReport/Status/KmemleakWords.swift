package import KmemAnalysis

extension KmemleakState {
  /// The state in a few words.
  var words: String {
    switch self {
    case .notBuilt: "not built in"
    case .unknown: "unknown whether it's built in"
    case .built: "built in; whether it runs is unknown"
    case .defaultOff: "off by default, and not switched on at boot"
    case .offAtBoot: "switched off at boot by kmemleak=off"
    case .ready: "ready; a scan proves that it's alive"
    case .running: "running"
    case .lockedDown: "closed by lockdown"
    case .debugfsNotBuilt: "unreachable: no debugfs in this kernel"
    case .debugfsOff: "unreachable: debugfs is kept away at boot"
    case .debugfsNotMounted: "unreachable: debugfs isn't mounted"
    case .denied: "not for this reader"
    case .poolExhausted: "disabled itself: its memory pool ran empty"
    case .earlyLogExceeded: "disabled itself: its early log overflowed"
    case .outOfMemory: "disabled itself: no memory for its own objects"
    case .overlap: "disabled itself: tracked objects overlap"
    case .turnedOff: "switched off at run time"
    case .disabled: "disabled, for an unknown reason"
    }
  }
}

/// What is said where kmemleak is to be commanded and can't be.
package enum KmemleakWords {
  /// Why it can't be used, and the first thing to do about it.
  package static func unusable(_ finding: KmemleakFinding) -> String {
    let remedy = finding.remedies.first.map { " \($0.sentence)" } ?? ""
    let evidence = finding.evidence.map(\.words).joined(separator: "; ")
    return "kmemleak can't be used (\(finding.state.rawValue)): \(evidence).\(remedy)"
  }

  /// Why it can't be used, in a few words.
  package static func absence(_ finding: KmemleakFinding) -> String {
    let evidence = finding.evidence.first.map { ": \($0.words)" } ?? ""
    return "\(finding.state.rawValue)\(evidence); kmemcheck status tells more"
  }

  /// That it can be used, and not by this user.
  package static let needsRoot = "only root may command kmemleak: run it with sudo"

  /// The same, in a few words.
  package static let absenceForUser = "only root may command it"

  /// That it refused a command although it could be used, with the error's text.
  package static func refused(_ command: String, _ reason: String) -> String {
    "kmemleak refused \"\(command)\" (\(reason)): it is disabled until the next boot, or the kernel "
      + "is locked down; kmemcheck status tells which"
  }
}
