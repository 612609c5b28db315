internal import Glibc
import KmemReport
import SystemPackage

/// One line on standard error that says what the program waits for; none where that is no terminal.
struct ProgressLine {
  private let isShown: Bool
  private var last = ""

  init(isQuiet: Bool) { isShown = !isQuiet && isatty(STDERR_FILENO) == 1 }

  /// Replaces the line.
  mutating func show(_ text: String) {
    guard isShown, text != last else { return }
    last = text
    write("\r\u{1B}[K" + TerminalText.safe(text))
  }

  /// Removes the line.
  mutating func clear() {
    guard isShown, !last.isEmpty else { return }
    last = ""
    write("\r\u{1B}[K")
  }

  private func write(_ text: String) {
    _ = try? FileDescriptor.standardError.writeAll(Array(text.utf8))
  }
}
