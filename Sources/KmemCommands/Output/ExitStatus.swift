internal import ArgumentParser
internal import Glibc

/// What the program's exit status means; `check` passes on any that its command may have.
struct ExitStatus: Hashable {
  let rawValue: Int32

  static let done = Self(rawValue: 0)
  /// Something was found, or growth exceeds `--fail-on`.
  static let findings = Self(rawValue: 1)
  static let undecided = Self(rawValue: 2)
  static let usage = Self(rawValue: 64)
  static let badData = Self(rawValue: 65)
  static let noSuchInput = Self(rawValue: 66)
  static let unavailable = Self(rawValue: 69)
  static let cannotWrite = Self(rawValue: 74)
  static let notPermitted = Self(rawValue: 77)
  /// The command of `check` couldn't be started, by the number that a shell gives.
  static let commandNotStarted = Self(rawValue: 126)
  /// The command of `check` wasn't found, by the number that a shell gives.
  static let commandNotFound = Self(rawValue: 127)
  static let interrupted = Self(rawValue: 130)

  /// Ends the program.
  func leave() -> Never { exit(rawValue) }

  /// Ends the command with this status, without a message.
  ///
  /// - Throws: `ExitCode`, unless the status is `done`, which a command means that returns.
  func end() throws(ExitCode) {
    guard self == .done else { throw ExitCode(rawValue) }
  }
}
