internal import ArgumentParser
internal import Glibc

/// What the program's exit status means.
enum ExitStatus: Int32 {
  case done = 0
  /// Findings, or growth over `--fail-on`.
  case findings = 1
  case undecided = 2
  case usage = 64
  case badData = 65
  case noSuchInput = 66
  case unavailable = 69
  case cannotWrite = 74
  case notPermitted = 77
  /// As a shell gives them, for `check`.
  case commandNotStarted = 126
  case commandNotFound = 127
  case interrupted = 130

  func leave() -> Never { exit(rawValue) }
}

/// Why a command can't go on: a sentence with its remedy, and the status to end with.
struct Failure: Error {
  let status: ExitStatus
  let message: String
}
