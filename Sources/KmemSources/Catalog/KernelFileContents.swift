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
    guard let found = marks.first(where: { beginning.span.contains($0.mark.bytes) }) else {
      // A log of days may come to its first word about memory late.
      let isLog = KernelFile.kernelLog.marks.contains { bytes.span.contains($0.bytes) }
      return isLog && bytes.count > 1 << 18 ? KernelFile.kernelLog.path : nil
    }
    guard found.source == KernelFile.kernelLog.path else { return found.source }
    let hasReport = KmemleakFile.file.marks.contains { bytes.span.contains($0.bytes) }
    return hasReport ? KmemleakFile.path : found.source
  }
}
