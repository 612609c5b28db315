internal import KmemSnapshot

/// The log of the running kernel, as far as it answers what kmemcheck does to the kernel.
package enum LiveLog {
  /// The lines about memory, the oldest first.
  package static func memory() -> [String] { lines(KernelLog.read().bytes) }

  /// The lines about memory that came after an earlier reading of them.
  ///
  /// They aren't chosen by their times: the log's clock is neither that of the wall nor the one
  /// that counts suspension.
  package static func memory(after earlier: [String]) -> [String] {
    Array(memory().dropFirst(upTo: earlier.last))
  }

  /// The lines that kmemleak wrote about an object at the command `dump`, after an earlier reading
  /// of the log.
  ///
  /// Only the first line is sure to speak of kmemleak: the frames of the stack come bare.
  package static func kmemleakDump(after earlier: [String]) -> [String] {
    lines(KernelLog.read(keepsAll: true).bytes).dropFirst(upTo: earlier.last)
      .drop { !$0.contains("kmemleak: Object") }
      .prefix { $0.contains("kmemleak:") || isFrame($0) }
  }

  /// Whether a line of the log is a stack's: `[   12.3]  kmalloc_trace+0x25/0x90`.
  private static func isFrame(_ line: String) -> Bool {
    let words = line.drop { $0 != "]" }.dropFirst().split(separator: " ")
    return words.first.map { $0.contains("+0x") || $0.hasPrefix("[<") || $0.hasPrefix("0x") }
      ?? false
  }

  private static func lines(_ bytes: [UInt8]) -> [String] {
    String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}

extension [String] {
  /// The lines after the last one that equals this; all of them if none does.
  fileprivate func dropFirst(upTo line: String?) -> [String] {
    guard let line, let index = lastIndex(of: line) else { return self }
    return Array(self[(index + 1)...])
  }
}
