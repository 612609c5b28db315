internal import Glibc
package import SystemPackage

/// A command that is run as a shell would run it: its input and output untouched.
package struct CommandRun {
  /// How the command ended.
  package enum Outcome: Hashable, Sendable {
    case exited(CInt)
    case signaled(CInt)
    case notStarted(Errno)

    /// The status a shell gives: 128 and the signal's number, 127 not found, 126 can't be run.
    package var status: CInt {
      switch self {
      case .exited(let status): status
      case .signaled(let signal): 128 + signal
      case .notStarted(.noSuchFileOrDirectory): 127
      case .notStarted: 126
      }
    }
  }

  private let arguments: [String]

  /// The words of the command, the program first.
  package init(_ arguments: [String]) { self.arguments = arguments }

  /// Runs the command to its end, and calls `meanwhile` every few milliseconds meanwhile.
  ///
  /// A signal that asks kmemcheck to end is handed on to the command, except Ctrl-C, which the
  /// terminal sends to both.
  package func run(
    _ signals: borrowing SignalMask, meanwhile: () -> Void
  ) -> Outcome {
    let (process, error) = start(signals)
    guard error == 0 else { return .notStarted(Errno(rawValue: error)) }
    var pause: UInt32 = 1000
    var asked: CInt?
    while true {
      if let outcome = Self.ending(of: process) {
        if let asked { signals.giveBack(asked) }
        return outcome
      }
      meanwhile()
      if let signal = signals.ending() {
        asked = signal
        if signal != SIGINT { kill(process, signal) }
      }
      usleep(pause)
      pause = min(20_000, pause * 2)
    }
  }

  /// Starts the command with the mask of signals that kmemcheck was started with.
  private func start(_ signals: borrowing SignalMask) -> (process: pid_t, error: CInt) {
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var mask = signals.mask
    unsafe posix_spawnattr_setsigmask(&attributes, &mask)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    var words = unsafe arguments.map { unsafe strdup($0) } + [nil]
    defer { unsafe words.forEach { unsafe free($0) } }
    var process = pid_t()
    let error = unsafe posix_spawnp(
      &process, arguments[0], nil, &attributes, &words, environ)
    return (process, error)
  }

  private static func ending(of process: pid_t) -> Outcome? {
    var status: CInt = 0
    guard unsafe waitpid(process, &status, WNOHANG) == process else { return nil }
    let signal = status & 0x7f
    return signal == 0 ? .exited(status >> 8 & 0xff) : .signaled(signal)
  }
}
