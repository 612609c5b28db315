internal import KmemParsers

/// Recognises a kernel file by what is written in it.
enum KernelFileContents {
  /// The marks of all files with the file's path, the surest first.
  private static let marks: [(mark: TextMark, source: String)] = TextMark.Rank.allCases.flatMap {
    rank in
    KernelFiles.all.flatMap { file in
      file.marks.filter { $0.rank == rank }.map { ($0, file.path) }
    }
  }

  /// The source whose text this is, or nothing if no mark is in it.
  ///
  /// Only the beginning is searched, but a kmemleak report may lie anywhere in a log.
  static func source(of bytes: [UInt8]) -> String? {
    let beginning = [UInt8(ascii: "\n")] + bytes.prefix(1 << 18)
    let isOfGroup = OtherText.isOfGroup(beginning.span)
    let isConfiguration = KernelConfig.isOne(beginning.span)
    guard
      let found = marks.first(where: {
        beginning.span.contains($0.mark.bytes)
          && (isConfiguration || $0.source != KernelConfig.path)
          && !(isOfGroup && $0.source == Vmstat.path)
      })
    else {
      // A log of days may come to its first word about memory late.
      let isLog = KernelFile.kernelLog.marks.contains { bytes.span.contains($0.bytes) }
      let isLate = isLog && bytes.count > 1 << 18
      return isLate || MemoryReports.hasTaskRow(in: beginning.span)
        ? KernelFile.kernelLog.path : nil
    }
    guard found.source == KernelFile.kernelLog.path else { return found.source }
    return log(in: bytes)
  }

  /// The log that the text may be besides anything else, or the kmemleak report in it; nothing if no
  /// mark of one is in it.
  static func log(in bytes: [UInt8]) -> String? {
    let log = KernelFile.kernelLog
    guard log.marks.contains(where: { bytes.span.contains($0.bytes) }) else { return nil }
    let hasReport = KmemleakFile.file.marks.contains { bytes.span.contains($0.bytes) }
    return hasReport ? KmemleakFile.path : log.path
  }
}

/// The path of the kernel file whose text begins so, by what is written in it; nil if nothing tells.
package func kernelFile(beginning bytes: [UInt8]) -> String? {
  KernelFileContents.source(of: bytes)
}

/// Whether a file's name tells that it holds the kernel file of that path: `host1-kmemleak.txt`.
package func isNamed(_ path: String, afterKernelFile source: String) -> Bool {
  let name = path.split(separator: "/").last.map(String.init) ?? path
  return KernelFileNames.source(named: name) == source
}
