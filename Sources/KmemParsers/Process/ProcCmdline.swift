/// The arguments that a process was started with, from `/proc/PID/cmdline`.
///
/// Written by `fs/proc/base.c` from the process's own memory, which it may have written over. Empty
/// for kernel threads and for processes that have ended.
package struct ProcCmdline: Hashable, Sendable {
  /// The arguments, the program first.
  package let arguments: [String]

  /// Takes the text apart at its NULs; any text is a command line.
  package init(parsing text: Span<UInt8>) {
    var arguments: [String] = []
    var start = 0
    var end = text.count
    while end > 0, text[end - 1] == 0 { end -= 1 }
    while start < end {
      let next = min(text.offset(ofByte: 0, from: start), end)
      arguments.append(text.extracting(start..<next).text)
      start = next + 1
    }
    self.arguments = arguments
  }

  /// The arguments with blanks between them.
  package var line: String { arguments.joined(separator: " ") }
}
