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

  func containsAny(of needles: [[UInt8]]) -> Bool { needles.contains { self.contains($0) } }

  func contains(_ text: String) -> Bool { contains(Array(text.utf8)) }
}
