/// Hands out the fields of a line that consists mostly of numbers, looking at each byte once.
struct NumberFields: ~Escapable {
  private let line: Span<UInt8>
  /// Where the next field is looked for.
  private(set) var offset = 0

  @_lifetime(copy line)
  init(_ line: Span<UInt8>) { self.line = line }

  /// Moves past the blanks; false at the end of the line.
  @inline(__always)
  mutating func skipBlanks() -> Bool {
    offset = line.offsetOfNonBlank(from: offset)
    return offset < line.count
  }

  /// Moves past the next field, whatever it is; nothing at the end of the line.
  mutating func next() -> Range<Int>? {
    guard skipBlanks() else { return nil }
    let start = offset
    offset = line.offsetOfBlank(from: start)
    return start..<offset
  }

  /// The next field as a decimal number; nothing if it's missing or isn't one of 64 bits.
  mutating func nextDecimal() -> UInt64? {
    guard skipBlanks() else { return nil }
    let start = offset
    var end = start
    var value: UInt64 = 0
    while end < line.count {
      let digit = line[end] &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      value = value &* 10 &+ UInt64(digit)
      end += 1
    }
    guard end > start, end == line.count || Ascii.isBlank(line[end]) else { return nil }
    offset = end
    // Nineteen digits always fit; longer numbers are read again with checks.
    return end - start < 20 ? value : line.extracting(start..<end).decimal
  }

  /// Whether the next field is this word; moves past it if so.
  @inline(__always)
  mutating func next(is word: StaticString) -> Bool {
    guard skipBlanks(), line.holds(word, at: offset) else { return false }
    let end = offset + word.utf8CodeUnitCount
    guard end == line.count || Ascii.isBlank(line[end]) else { return false }
    offset = end
    return true
  }
}
