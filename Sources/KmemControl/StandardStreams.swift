internal import Glibc

/// Standard input, output and error, which a program may be started without (`>&-`).
package enum StandardStreams {
  /// `O_PATH` of `fcntl.h` (Linux 2.6.39); the same on all architectures that Swift runs on.
  private static let path: CInt = 0o10000000

  /// Takes the numbers of those that are closed.
  ///
  /// Otherwise the next file that is opened gets the number, and what is meant for standard output or
  /// error is written into it. What takes the number can be neither read nor written, which fails with
  /// `EBADF` as if it were closed.
  package static func takeNumbers() {
    for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where isClosed(stream) {
      // The lowest number that is free is given: this one, as those below are taken.
      _ = unsafe open("/", path)
    }
  }

  private static func isClosed(_ stream: CInt) -> Bool {
    fcntl(stream, F_GETFD) < 0 && errno == EBADF
  }
}
