/// What the readers of leak reports ask of a line.
extension Span<UInt8> {
  /// The text between two offsets, which may be outside.
  func string(_ start: Int, _ end: Int) -> String {
    let low = Swift.min(Swift.max(0, start), count)
    return extracting(low..<Swift.max(low, Swift.min(end, count))).trimmed().text
  }

  /// The number at an offset, with or without marks of thousands, and where it ends.
  func grouped(at start: Int) -> (value: Int64, end: Int)? {
    var (value, end): (Int64, Int) = (0, start)
    while end < count {
      if Ascii.isDigit(self[end]) {
        value = value.multipliedClamped(by: 10).addingClamped(
          Int64(self[end] &- UInt8(ascii: "0")))
      } else {
        let isMark = self[end] == Ascii.comma || self[end] == UInt8(ascii: "'")
        guard isMark, end > start, end + 1 < count, Ascii.isDigit(self[end + 1]) else { break }
      }
      end += 1
    }
    return end > start ? (value, end) : nil
  }

  /// The first offset at or after `start` that isn't blank.
  func nonBlank(from start: Int) -> Int {
    var offset = start
    while offset < count, Ascii.isBlank(self[offset]) { offset += 1 }
    return offset
  }

  /// Where the digits of an address end that begins at an offset with `0x`; nil where none does.
  func endOfAddress(at start: Int) -> Int? {
    guard holds("0x", at: start) else { return nil }
    var end = start + 2
    while end < count, self[end].hexDigit != nil { end += 1 }
    return end > start + 2 ? end : nil
  }

  /// The offset of the last such byte before the end.
  func lastOffset(ofByte byte: UInt8, before end: Int) -> Int? {
    var offset = Swift.min(end, count)
    while offset > 0 {
      offset -= 1
      if self[offset] == byte { return offset }
    }
    return nil
  }
}

extension Int64 {
  fileprivate func multipliedClamped(by other: Int64) -> Int64 {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? .max : product
  }

  fileprivate func addingClamped(_ other: Int64) -> Int64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}

/// The mark that Valgrind and sanitizers put before a line, `==123== `, wherever in the line it stands.
struct ProcessMark {
  /// The process.
  let process: Int64
  /// Where the line's own text begins.
  let end: Int
  /// Whether it is a remark of Valgrind itself, `--123--`, which tells nothing of the program.
  let isRemark: Bool

  /// The first mark of the line.
  ///
  /// With `--time-stamp=yes` the time stands in it: `==00:00:00:00.535 8288==`.
  init?(_ line: Span<UInt8>) {
    var start = 0
    let last = min(line.count, 400)
    while start + 4 < last {
      let byte = line[start]
      let isMark =
        byte == UInt8(ascii: "=") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "*")
      if isMark, line[start + 1] == byte, Ascii.isDigit(line[start + 2]),
        let found = Self.found(line, after: start + 2, byte)
      {
        (process, end) = found
        isRemark = byte == UInt8(ascii: "-")
        return
      }
      start += 1
    }
    return nil
  }

  private static func found(_ line: Span<UInt8>, after start: Int, _ mark: UInt8) -> (Int64, Int)? {
    var digits = start
    if let blank = Optional(line.offset(ofByte: Ascii.space, from: start)), blank < line.count,
      blank - start <= 24, isTime(line.extracting(start..<blank))
    {
      digits = blank + 1
    }
    guard let (value, end) = line.grouped(at: digits), end - digits <= 10, end + 1 < line.count,
      line[end] == mark, line[end + 1] == mark
    else { return nil }
    return (value, end + 2)
  }

  private static func isTime(_ word: Span<UInt8>) -> Bool {
    for index in word.indices
    where !Ascii.isDigit(word[index]) && word[index] != Ascii.colon
      && word[index] != UInt8(ascii: ".")
    {
      return false
    }
    return word.contains(Ascii.colon)
  }
}
