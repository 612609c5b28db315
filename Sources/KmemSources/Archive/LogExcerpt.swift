internal import KmemParsers

/// Keeps of a long log what is read of it: lines about memory, and those around them.
///
/// The others become blank lines, so that all lines keep their numbers. A log of days is longer than
/// memory, and its reports are short.
struct LogExcerpt {
  /// The line whose end hasn't come yet.
  private var line: [UInt8] = []
  /// How many of the next lines are kept.
  private var left = 0

  /// So many lines behind one about memory may be its report's; each row of a table renews them.
  private static let lines = 1000
  /// No report has so long a line.
  private static let longest = 1 << 16

  /// Reads the next piece, which may end anywhere.
  mutating func take(_ piece: Span<UInt8>, into kept: inout [UInt8]) {
    var start = 0
    while start < piece.count {
      let newline = piece.offset(ofByte: Ascii.newline, from: start)
      let end = min(newline + 1, piece.count)
      let part = piece.extracting(start..<end)
      start = end
      if newline < piece.count, line.isEmpty {
        keep(part, into: &kept)
      } else {
        if line.count < Self.longest { line.append(part) }
        if newline < piece.count { finish(into: &kept) }
      }
    }
  }

  /// Ends the last line.
  mutating func finish(into kept: inout [UInt8]) {
    guard !line.isEmpty else { return }
    let whole = line
    line = []
    keep(whole.span, into: &kept)
  }

  private mutating func keep(_ line: Span<UInt8>, into kept: inout [UInt8]) {
    if line.tellsOfMemory || left > 0 && line.hasTaskRow { left = Self.lines }
    if left > 0 || Self.isOfKmemleak(line) {
      kept.append(line)
      left = max(0, left - 1)
    } else {
      kept.append(Ascii.newline)
    }
  }

  private static func isOfKmemleak(_ line: Span<UInt8>) -> Bool {
    line.offset(of: "kmemleak: ") != nil || line.offset(of: "unreferenced object") != nil
  }
}

extension Span<UInt8> {
  /// Whether a row of a table of tasks may stand in the line: `[ 1108]  1000  1108 …`, and not the
  /// process that a log names.
  fileprivate var hasTaskRow: Bool {
    var start = offset(ofByte: UInt8(ascii: "["))
    while start < count {
      var end = offsetOfNonBlank(from: start + 1)
      let digits = end
      while end < count, Ascii.isDigit(self[end]) { end += 1 }
      let isNumber = end > digits && closes(offsetOfNonBlank(from: end))
      if isNumber, start == 0 || Ascii.isBlank(self[start - 1]) { return true }
      start = offset(ofByte: UInt8(ascii: "["), from: start + 1)
    }
    return false
  }

  private func closes(_ place: Int) -> Bool { place < count && self[place] == UInt8(ascii: "]") }
}

extension [UInt8] {
  /// Adds the bytes of a span.
  fileprivate mutating func append(_ bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBufferPointer { bytes in unsafe append(contentsOf: bytes) }
  }
}
