package import KmemSnapshot

/// Why `check` can say nothing about its command.
package enum CheckRefusal: Refusal {
  /// The system didn't start the command, with the error's text.
  case notStarted(command: String, error: String)
  /// The scan before the command failed, so that the command wasn't run.
  case notRun(ScanFacts?)
  case notLookedAtAfterwards

  /// The reason with its remedy, as words without a full stop.
  package var sentence: String {
    switch self {
    case .notStarted(let command, let error): "\(command) can't be started: \(error)"
    case .notRun(let scan): ScanWords.commandNotRun(scan)
    case .notLookedAtAfterwards: "memory wasn't looked at after the command"
    }
  }
}
