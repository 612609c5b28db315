package import KmemSnapshot

/// Why `check` can say nothing about its command.
package enum CheckRefusal: Refusal {
  /// The system didn't start the command, with the error's text.
  case notStarted(command: String, error: String)
  /// The scan before the command failed, so that the command wasn't run.
  case notRun(ScanFacts?)
  case notLookedAtAfterwards
  case noValgrind
  /// The program's file gives it another user's rights.
  case setID(command: String)
  /// Valgrind ended without a log.
  case notRunByValgrind(command: String)

  /// The reason with its remedy, as words without a full stop.
  package var sentence: String {
    switch self {
    case .notStarted(let command, let error): "\(command) can't be started: \(error)"
    case .notRun(let scan): ScanWords.commandNotRun(scan)
    case .notLookedAtAfterwards: "memory wasn't looked at after the command"
    case .noValgrind:
      "valgrind isn't installed: the package valgrind has it (apt-get install valgrind, dnf install "
        + "valgrind); programs built with -fsanitize=address can be checked with --lsan"
    case .setID(let command):
      "\(command) is setuid or setgid, and Valgrind runs no such program: run a copy without these "
        + "bits, as the user that it's to be"
    case .notRunByValgrind(let command):
      "Valgrind didn't run \(command): what it printed says why"
    }
  }
}
