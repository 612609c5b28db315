internal import KmemParsers

extension Span<UInt8> {
  /// The offset of the first occurrence of the needle at or after `start`.
  func firstOffset(of needle: [UInt8], from start: Int = 0) -> Int? {
    guard let first = needle.first, count >= needle.count else { return nil }
    let end = count - needle.count
    var offset = self.offset(ofByte: first, from: start)
    while offset <= end {
      if holds(needle, at: offset) { return offset }
      offset = self.offset(ofByte: first, from: offset + 1)
    }
    return nil
  }

  /// Whether the bytes from the offset on, which must have room for it, are the needle.
  private func holds(_ needle: [UInt8], at offset: Int) -> Bool {
    for index in needle.indices where self[offset + index] != needle[index] { return false }
    return true
  }

  func contains(_ needle: [UInt8]) -> Bool { firstOffset(of: needle) != nil }

  func containsAny(of needles: Needles) -> Bool {
    for offset in 0..<count {
      for index in needles.range(startingWith: self[offset]) {
        let needle = needles.texts[index]
        if needle.count <= count - offset, holds(needle, at: offset) { return true }
      }
    }
    return false
  }

  func contains(_ text: String) -> Bool { contains(Array(text.utf8)) }
}

/// Texts that are looked for together, in one pass over the bytes.
struct Needles: Sendable {
  /// In the order of their first bytes.
  let texts: [[UInt8]]
  /// Which of them begin with a byte, by the byte.
  private let ranges: [Range<Int>]

  /// Texts of which none is empty.
  init(_ texts: [String]) {
    let sorted = texts.map { Array($0.utf8) }.sorted { $0[0] < $1[0] }
    self.texts = sorted
    ranges = (0...UInt8.max).map { byte in
      let start = sorted.count { $0[0] < byte }
      return start..<(start + sorted.count { $0[0] == byte })
    }
  }

  func range(startingWith byte: UInt8) -> Range<Int> { ranges[Int(byte)] }
}
