import KmemAnalysis
import KmemParsers
import KmemSnapshot

// The statuses 0, 1, 2 and 130 of all commands are decided in this file. A command that has no
// answer ends with the status of its Failure.

extension KernelStatus {
  /// `undecided` where nothing is known of kmemleak.
  var exitStatus: ExitStatus { isUnknown ? .undecided : .done }
}

extension Health {
  /// `findings` if there is one at least as bad as the severity that isn't accepted; `undecided` if
  /// there is none, and meminfo isn't there or isn't whole; `done` if no severity was given.
  func exitStatus(failingOn least: Finding.Severity?) -> ExitStatus {
    guard let least else { return .done }
    if findings.contains(where: { $0.severity >= least }) { return .findings }
    return books == nil || isMeminfoCut ? .undecided : .done
  }
}

extension GroupMemory {
  /// `findings` if the group is short of memory; `undecided` if its limit isn't told.
  func exitStatus(failingOn least: Finding.Severity?) -> ExitStatus {
    guard let least, least <= .warning else { return .done }
    if isShort { return .findings }
    return limit == .untold ? .undecided : .done
  }
}

extension [Shortage] {
  /// `findings` if memory was short at a moment of the log: that is as bad as it gets.
  func exitStatus(failingOn least: Finding.Severity?) -> ExitStatus {
    least != nil && contains(where: \.isAlarm) ? .findings : .done
  }
}

extension GrowthVerdict {
  /// `findings` if unexplained kernel memory is as large as the limit in bytes; `done` if no limit
  /// was given; `undecided` if some of it can't be compared, or may be held for user space and may not,
  /// and the rest is less.
  func exitStatus(failingFrom limit: Int64?) -> ExitStatus {
    guard let limit else { return .done }
    guard isComparable else { return .undecided }
    if sides.unexplained >= limit { return .findings }
    let may = sides.unexplained.plus(unproven)
    return gaps.isEmpty && may < limit ? .done : .undecided
  }
}

extension WatchReport {
  /// `interrupted` if a signal ended the watch, even with a verdict on the samples until then.
  var exitStatus: ExitStatus {
    if facts.isInterrupted { return .interrupted }
    if isFinding { return .findings }
    return conclusion == .notEnough ? .undecided : .done
  }
}

extension FleetReport {
  /// `undecided` if no machine leaks, and of one or more too little is known.
  var exitStatus: ExitStatus {
    if !leaking.isEmpty { return .findings }
    return undecided.isEmpty && count > 0 ? .done : .undecided
  }
}

extension LeakReport {
  /// `interrupted` if a scan was cut short, whatever was found by then.
  var exitStatus: ExitStatus {
    if scan?.isInterrupted == true { return .interrupted }
    if judgement.isFinding { return .findings }
    return judgement.isDecided ? .done : .undecided
  }
}

extension ProgramLeakReport {
  /// Memory that is still reachable is no finding; a text without a leak report decides nothing.
  var exitStatus: ExitStatus {
    judgement.exitStatus
  }
}

extension ProgramLeakJudgement {
  /// The status that the judgement comes to.
  fileprivate var exitStatus: ExitStatus {
    switch self {
    case .leaks: .findings
    case .nothingNew, .none: .done
    case .undecided: .undecided
    }
  }
}

extension ExitStatus {
  /// The status of two answers: a finding of either counts, then what either leaves undecided.
  func joined(with other: ExitStatus) -> ExitStatus {
    for status in [ExitStatus.findings, .undecided] where self == status || other == status {
      return status
    }
    return self
  }
}

extension TraceReport {
  /// `interrupted` if a signal ended the trace, even with a verdict on what was seen until then.
  var exitStatus: ExitStatus {
    if record.isInterrupted { return .interrupted }
    switch conclusion {
    case .rising: return .findings
    case .nobody: return .done
    case .lossy, .undecided: return .undecided
    }
  }
}

extension LeakObject {
  /// `findings`, since an object was found at the address.
  var exitStatus: ExitStatus { .findings }
}

extension CheckReport {
  /// The command's own status if it failed; else the status of the kernel's half and, where programs
  /// were looked at too, of theirs.
  var exitStatus: ExitStatus {
    if let failure { return ExitStatus(rawValue: failure) }
    if isInterrupted { return .interrupted }
    let kernel: ExitStatus =
      judgement.isFinding ? .findings : judgement.isDecided ? .done : .undecided
    return programs.map { kernel.joined(with: $0.judgement.exitStatus) } ?? kernel
  }
}
