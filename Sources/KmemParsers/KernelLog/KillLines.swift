/// The lines of a kernel log which say that a process was killed for lack of memory.
///
/// `Out of memory: Killed process` since 5.0, `Out of memory: Kill process` before, and `Memory cgroup
/// out of memory` where a group's own limit was met (`mm/oom_kill.c`).
package struct KillLines {
  /// The lines, the oldest first.
  package private(set) var lines: [String] = []

  /// The kills of a log.
  package init(_ log: Span<UInt8>) {
    // A control character in a log is no end of it.
    var start = 0
    while start < log.count {
      let end = log.offset(ofByte: Ascii.newline, from: start)
      let isCRLF = end > start && log[end - 1] == Ascii.carriageReturn
      let line = log.extracting(start..<(isCRLF ? end - 1 : end))
      if Self.isKill(line) { lines.append(line.trimmed().text) }
      start = end + 1
    }
  }

  private static func isKill(_ line: Span<UInt8>) -> Bool {
    guard let place = line.offset(of: "ut of memory") else { return false }
    let rest = line.extracting((place + 12)..<line.count)
    return rest.starts(with: ": Kill") || rest.starts(with: " (oom_kill_allocating_task): Kill")
  }
}
