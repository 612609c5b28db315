package import KmemParsers

/// What a kernel log tells of the OOM killer (`mm/oom_kill.c`).
package struct OutOfMemory: Hashable, Sendable {
  /// The lines that say which process was killed, the oldest first.
  package let kills: [String]
  /// The reports on memory in the log, the oldest first.
  package var reports: [MemoryReport] = []
  /// The source they are from.
  package let path: String

  /// Whether a line of the log says that a process was killed for lack of memory.
  ///
  /// `Out of memory: Killed process` since 5.0, `Out of memory: Kill process` before, and
  /// `Memory cgroup out of memory` where a group's own limit was met.
  static func isKill(_ line: Substring) -> Bool {
    let line = line.lowercased()
    return line.contains("out of memory: kill")
      || line.contains("out of memory (oom_kill_allocating_task): kill")
  }
}

extension Capture {
  /// The paths at which a kernel log may lie, ours first.
  package var kernelLogPaths: [String] {
    let known = [
      KernelFile.chosenKernelLog.path, "sos_commands/kernel/dmesg", KernelFile.kernelLog.path,
    ]
    let others = sources.keys.filter { $0.hasSuffix("/dmesg") || $0.hasSuffix("/dmesg_-T") }
    return known.filter { sources[$0] != nil } + others.filter { !known.contains($0) }.sorted()
  }

  /// The kills in the first log that was read; nothing without a log.
  var outOfMemory: OutOfMemory? {
    // A log in which kmemleak reported too is read for the report, and kept by its name.
    for path in kernelLogPaths + (kind == .file ? [KmemleakFile.path] : []) {
      guard let text = text(of: path) else { continue }
      let lines = text.split(whereSeparator: \.isNewline).filter(OutOfMemory.isKill)
      let bytes = self[path].bytes
      return OutOfMemory(
        kills: lines.map(String.init),
        reports: MemoryReports(bytes.span, firstLine: self[path].firstLine).reports, path: path)
    }
    return nil
  }
}
