extension Span<UInt8> {
  /// The offset of the first such byte at or after `start`.
  func firstOffset(ofByte byte: UInt8, from start: Int = 0) -> Int? {
    var offset = start
    while offset < count {
      if self[offset] == byte { return offset }
      offset += 1
    }
    return nil
  }
}
