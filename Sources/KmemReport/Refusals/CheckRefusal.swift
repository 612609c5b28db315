package import KmemSnapshot

/// Why nothing can be said of a command that was to be checked.
package enum CheckRefusal: Refusal {
  /// The system didn't start the command, with the error's text.
  case notStarted(command: String, error: String)
  /// Scanning before the command didn't succeed, so that it wasn't run.
  case notRun(ScanFacts?)
  case notLookedAtAfterwards

  package var sentence: String {
    switch self {
    case .notStarted(let command, let error): "\(command) can't be started: \(error)"
    case .notRun(let scan): ScanWords.commandNotRun(scan)
    case .notLookedAtAfterwards: "memory wasn't looked at after the command"
    }
  }
}
