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
