package import KmemParsers

/// What a kernel log tells of the OOM killer (`mm/oom_kill.c`).
package struct OutOfMemory: Hashable, Sendable {
  /// The lines that say which process was killed, the oldest first.
  package let kills: [String]
  /// The reports on memory in the log, the oldest first.
  package var reports: [MemoryReport] = []
  /// The source they are from.
  package let path: String
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
      // Of a log that a limit cut the beginning tells what it tells.
      let reading = self[path]
      guard Missing(reading) == nil, !reading.bytes.isEmpty else { continue }
      let bytes = reading.bytes
      return OutOfMemory(
        kills: KillLines(bytes.span).lines,
        reports: MemoryReports(bytes.span, firstLine: self[path].firstLine).reports, path: path)
    }
    return nil
  }
}
