internal import Glibc

/// The limit of a file's size (`RLIMIT_FSIZE`), at which the kernel ends a program without a word.
package enum FileSizeLimit {
  /// Makes a write beyond the limit an error (`EFBIG`), which is told as any other.
  ///
  /// A handler that does nothing is used, as an ignored signal would stay ignored in a command that is
  /// started.
  package static func makeError() {
    var action = sigaction()
    guard unsafe sigaction(SIGXFSZ, nil, &action) == 0,
      unsafe unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 0
    else { return }
    _ = signal(SIGXFSZ) { _ in }
  }
}
