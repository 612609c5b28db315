internal import Glibc

/// Holds back the signals that would end the program while the kernel is to be left as it was
/// found.
///
/// The program looks for signals between two steps. SIGTSTP is held back because stopping the
/// program silently cuts a scan short; SIGSTOP can't be, but the SIGCONT after it tells that it
/// happened.
package struct SignalMask: ~Copyable {
  private let others: [CInt]
  private let endings: [CInt]
  private var before = sigset_t()

  /// Begins to hold signals back, in this thread and in the threads it starts.
  ///
  /// `holdsStops` is false for a program that only reads, which may be stopped and continued.
  package init(holdsStops: Bool = true) {
    others = holdsStops ? [SIGTSTP, SIGCONT, SIGPIPE] : [SIGPIPE]
    // nohup ignores hang-ups, and a shell without jobs SIGINT for what it starts in the background;
    // to block such a signal would make it count again.
    endings = [SIGINT, SIGTERM, SIGQUIT, SIGHUP].filter { !Self.isIgnored($0) }
    var held = Self.set(endings + others)
    unsafe pthread_sigmask(SIG_BLOCK, &held, &before)
  }

  deinit {
    // A SIGTSTP that came meanwhile has lost its meaning, and so has a SIGPIPE: they are dropped.
    while Self.take(others) != nil {}
    var mask = before
    unsafe pthread_sigmask(SIG_SETMASK, &mask, nil)
  }

  /// Takes a signal that asks the program to end; nil if none came since the last call.
  package func ending() -> CInt? { Self.take(endings) }

  /// A signal that asks the program to end, and whether the terminal sent it, to the whole job then.
  func request() -> (signal: CInt, isOfTerminal: Bool)? {
    var information = unsafe siginfo_t()
    guard let signal = unsafe Self.take(endings, &information) else { return nil }
    return unsafe (signal, information.si_code > 0)
  }

  /// Waits until a moment in seconds since boot; true if a signal asks the program to end before.
  package func ending(until end: Double) -> Bool {
    while true {
      let left = end - BootClock.now
      guard left > 0 else { return ending() != nil }
      // The clock of the wait stands still while the machine is suspended, so no single wait is
      // long.
      if Self.take(endings, within: min(left, 60)) != nil { return true }
    }
  }

  /// Whether a signal asks the program to end; the signal is left pending for the next call.
  package func isEnding() -> Bool {
    guard let signal = ending() else { return false }
    giveBack(signal)
    return true
  }

  /// Puts back a signal that was taken, so that the next caller finds it.
  func giveBack(_ signal: CInt) { raise(signal) }

  /// Whether the program was stopped and continued since the last call.
  package func wasStopped() -> Bool { Self.take([SIGCONT]) != nil }

  /// Whether somebody asked the program to stop, as Ctrl-Z does, since the last call.
  package func wasAskedToStop() -> Bool { Self.take([SIGTSTP]) != nil }

  /// The mask of signals for a program that is started meanwhile.
  var mask: sigset_t { before }

  private static func isIgnored(_ signal: CInt) -> Bool {
    var action = sigaction()
    guard unsafe sigaction(signal, nil, &action) == 0 else { return false }
    return unsafe unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
  }

  private static func take(_ signals: [CInt], within seconds: Double = 0) -> CInt? {
    var information = unsafe siginfo_t()
    return unsafe take(signals, &information, within: seconds)
  }

  private static func take(
    _ signals: [CInt], _ information: inout siginfo_t, within seconds: Double = 0
  ) -> CInt? {
    var wanted = set(signals)
    var time = timespec()
    time.tv_sec = Int(seconds)
    time.tv_nsec = Int((seconds - Double(Int(seconds))) * 1e9)
    let signal = unsafe sigtimedwait(&wanted, &information, &time)
    return signal > 0 ? signal : nil
  }

  private static func set(_ signals: [CInt]) -> sigset_t {
    var set = sigset_t()
    unsafe sigemptyset(&set)
    for signal in signals { unsafe sigaddset(&set, signal) }
    return set
  }
}
