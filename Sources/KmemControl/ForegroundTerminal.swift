internal import Glibc

/// The terminal in whose foreground the program runs.
///
/// A command may take the terminal for a process group of its own, as an interactive shell does, and
/// be killed before it gives it back. Nothing typed would reach the program then.
struct ForegroundTerminal: ~Copyable {
  /// -1 where there is no terminal, or the program runs in its background.
  private let file: CInt

  init() {
    let terminal = unsafe open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
    let isInForeground = terminal >= 0 && tcgetpgrp(terminal) == getpgrp()
    if terminal >= 0, !isInForeground { close(terminal) }
    file = isInForeground ? terminal : -1
  }

  deinit { if file >= 0 { close(file) } }

  /// Gives the terminal to the program's own process group again.
  borrowing func takeBack() {
    guard file >= 0, tcgetpgrp(file) != getpgrp() else { return }
    // Whoever asks for the terminal from its background is stopped by SIGTTOU.
    var held = sigset_t()
    var before = sigset_t()
    unsafe sigemptyset(&held)
    unsafe sigaddset(&held, SIGTTOU)
    unsafe pthread_sigmask(SIG_BLOCK, &held, &before)
    tcsetpgrp(file, getpgrp())
    unsafe pthread_sigmask(SIG_SETMASK, &before, nil)
  }
}
