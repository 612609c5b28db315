import KmemAnalysis
import KmemSnapshot

// What each answer comes to: 0, 1, 2 and 130 of all commands are decided in this file. A command that
// has no answer ends with the status of its Failure.

extension KernelStatus {
  /// Undecided where nothing is known of kmemleak.
  var exitStatus: ExitStatus { isUnknown ? .undecided : .done }
}

extension Health {
  /// Findings if there is one at least as bad as the severity; done where none was given.
  func exitStatus(failingOn least: Finding.Severity?) -> ExitStatus {
    guard let least else { return .done }
    guard books != nil else { return .undecided }
    return findings.contains { $0.severity >= least } ? .findings : .done
  }
}

extension GrowthVerdict {
  /// Findings if so many bytes of unexplained kernel memory are more; done where no limit was given.
  func exitStatus(failingFrom limit: Int64?) -> ExitStatus {
    guard let limit else { return .done }
    guard conclusion != .notEnough else { return .undecided }
    return sides.unexplained >= limit ? .findings : .done
  }
}

extension WatchReport {
  /// A verdict on what was sampled before a signal is still an interruption.
  var exitStatus: ExitStatus {
    if facts.isInterrupted { return .interrupted }
    if isFinding { return .findings }
    return conclusion == .notEnough ? .undecided : .done
  }
}

extension LeakReport {
  /// A scan cut short is an interruption, whatever was found by then.
  var exitStatus: ExitStatus {
    if scan?.isInterrupted == true { return .interrupted }
    if judgement.isFinding { return .findings }
    return judgement.isDecided ? .done : .undecided
  }
}

extension LeakObject {
  /// The one object that was asked for is listed.
  var exitStatus: ExitStatus { .findings }
}

extension CheckReport {
  /// The command's own status where it failed; else what the check comes to.
  var exitStatus: ExitStatus {
    if let failure { return ExitStatus(rawValue: failure) }
    if isInterrupted { return .interrupted }
    if judgement.isFinding { return .findings }
    return judgement.isDecided ? .done : .undecided
  }
}
