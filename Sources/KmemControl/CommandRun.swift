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
  private let variables: [String: String]
  /// Whether orphans of the command are adopted, so that those that end while it runs are waited for.
  package var adoptsOrphans = false

  /// The words of the command, the program first, and the environment variables that it gets beside
  /// kmemcheck's own, or in place of them.
  package init(_ arguments: [String], variables: [String: String] = [:]) {
    self.arguments = arguments
    self.variables = variables
  }

  /// Runs the command to its end, and calls `meanwhile` every few milliseconds meanwhile.
  ///
  /// The two behave as one job of a shell. A signal that asks kmemcheck to end is handed on to the
  /// command, except one from the terminal, which sends it to both. A command that Ctrl-Z stops
  /// stops kmemcheck, so that the shell gets its terminal back, and goes on with it.
  package func run(
    _ signals: borrowing SignalMask, meanwhile: () -> Void
  ) -> Outcome {
    var terminal = ForegroundTerminal()
    defer { terminal.takeBack() }
    let (process, error) = start(signals)
    guard error == 0 else { return .notStarted(Errno(rawValue: error)) }
    var pause: UInt32 = 1000
    var asked: CInt?
    while true {
      switch Self.change(of: process) {
      case .ended(let outcome):
        if let asked { signals.giveBack(asked) }
        return outcome
      case .stopped:
        Self.stop(with: process, signals)
        // `bg` leaves the terminal to the shell, which ends if it's taken away from it.
        terminal = ForegroundTerminal()
      case nil: break
      }
      if adoptsOrphans { Orphans.reap(besides: process) }
      meanwhile()
      asked = handOn(signals, to: process) ?? asked
      usleep(pause)
      pause = min(20_000, pause * 2)
    }
  }

  /// Hands on to the command what came to kmemcheck alone: signals that ask to end, to stop, to go on.
  ///
  /// - Returns: the signal that asks to end; nil if there was none.
  private func handOn(_ signals: borrowing SignalMask, to process: pid_t) -> CInt? {
    if signals.wasAskedToStop() { kill(process, SIGTSTP) }
    if signals.wasStopped() { kill(process, SIGCONT) }
    guard let asked = signals.request() else { return nil }
    if !asked.isOfTerminal { kill(process, asked.signal) }
    // A command that is stopped gets a signal only once it goes on.
    kill(process, SIGCONT)
    return asked.signal
  }

  /// Stops kmemcheck as its command was stopped; both go on together.
  private static func stop(with process: pid_t, _ signals: borrowing SignalMask) {
    raise(SIGSTOP)
    _ = signals.wasAskedToStop()
    _ = signals.wasStopped()
    kill(process, SIGCONT)
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
    var environment = unsafe environment.map { unsafe strdup($0) } + [nil]
    defer { unsafe environment.forEach { unsafe free($0) } }
    var process = pid_t()
    let error = unsafe posix_spawnp(
      &process, arguments[0], nil, &attributes, &words, &environment)
    return (process, error)
  }

  private var environment: [String] {
    var all: [String] = []
    var next = unsafe environ
    while let entry = unsafe next.pointee {
      let text = unsafe String(cString: entry)
      if variables[String(text.prefix { $0 != "=" })] == nil { all.append(text) }
      unsafe next = next.successor()
    }
    return all + variables.map { "\($0.key)=\($0.value)" }
  }

  private enum Change {
    case ended(Outcome)
    /// Stopped as a job is. One that somebody stopped by SIGSTOP is left to whoever did it.
    case stopped
  }

  private static func change(of process: pid_t) -> Change? {
    var status: CInt = 0
    guard unsafe waitpid(process, &status, WNOHANG | WUNTRACED) == process else { return nil }
    let signal = status & 0x7f
    switch signal {
    case 0: return .ended(.exited(status >> 8 & 0xff))
    case 0x7f: return status >> 8 & 0xff == SIGSTOP ? nil : .stopped
    default: return .ended(.signaled(signal))
    }
  }
}
