/// Searches that look at eight bytes at a time, as every byte of a text goes through them.
///
/// A word holds the first of its bytes lowest. The compiler makes one load of the eight.
extension Span<UInt8> {
  /// The eight bytes from `offset` on.
  @inlinable @inline(__always)
  package func word(at offset: Int) -> UInt64 {
    let bytes = extracting(offset..<(offset &+ 8))
    var word = UInt64(bytes[0])
    word |= UInt64(bytes[1]) << 8
    word |= UInt64(bytes[2]) << 16
    word |= UInt64(bytes[3]) << 24
    word |= UInt64(bytes[4]) << 32
    word |= UInt64(bytes[5]) << 40
    word |= UInt64(bytes[6]) << 48
    word |= UInt64(bytes[7]) << 56
    return word
  }

  /// The offset of the first byte of that value at or after `start`; `count` if there's none.
  @inlinable @inline(__always)
  package func offset(ofByte byte: UInt8, from start: Int = 0) -> Int {
    var offset = start
    while offset &+ 8 <= count {
      let found = Word.zeroes(in: word(at: offset) ^ Word.repeating(byte))
      if found != 0 { return offset &+ found.trailingZeroBitCount / 8 }
      offset &+= 8
    }
    while offset < count, self[offset] != byte { offset &+= 1 }
    return offset
  }

  /// The offset of the first blank at or after `start`; `count` if there's none.
  @inlinable @inline(__always)
  package func offsetOfBlank(from start: Int) -> Int {
    var offset = start
    while offset &+ 8 <= count {
      let word = word(at: offset)
      let found =
        Word.zeroes(in: word ^ Word.repeating(Ascii.space))
        | Word.zeroes(in: word ^ Word.repeating(Ascii.tab))
      if found != 0 { return offset &+ found.trailingZeroBitCount / 8 }
      offset &+= 8
    }
    while offset < count, !Ascii.isBlank(self[offset]) { offset &+= 1 }
    return offset
  }

  /// The offset of the first byte at or after `start` that isn't blank; `count` if there's none.
  @inlinable @inline(__always)
  package func offsetOfNonBlank(from start: Int) -> Int {
    var offset = start
    while offset &+ 8 <= count {
      let others = word(at: offset) ^ Word.repeating(Ascii.space)
      offset &+= others.trailingZeroBitCount / 8
      if others != 0, self[offset] != Ascii.tab { return offset }
      if others != 0 { offset &+= 1 }
    }
    while offset < count, Ascii.isBlank(self[offset]) { offset &+= 1 }
    return offset
  }

  @inline(__always)
  func equals(_ other: Span<UInt8>) -> Bool {
    guard count == other.count else { return false }
    var offset = 0
    // Blocks without leaving early, which the compiler turns into vector instructions.
    while offset &+ 32 <= count {
      let block = extracting(offset..<(offset &+ 32))
      let others = other.extracting(offset..<(offset &+ 32))
      let differences =
        (block.word(at: 0) ^ others.word(at: 0)) | (block.word(at: 8) ^ others.word(at: 8))
        | (block.word(at: 16) ^ others.word(at: 16))
        | (block.word(at: 24) ^ others.word(at: 24))
      guard differences == 0 else { return false }
      offset &+= 32
    }
    while offset &+ 8 <= count {
      guard word(at: offset) == other.word(at: offset) else { return false }
      offset &+= 8
    }
    while offset < count {
      guard self[offset] == other[offset] else { return false }
      offset &+= 1
    }
    return true
  }

  /// Whether a byte of that value is among them.
  ///
  /// Looks at all of them without leaving early, which the compiler turns into vector instructions.
  package func contains(_ byte: UInt8) -> Bool {
    var difference: UInt8 = 1
    for index in indices { difference = Swift.min(difference, self[index] ^ byte) }
    return difference == 0
  }
}

/// Eight bytes at once.
@usableFromInline package enum Word {
  /// The byte eight times.
  @inlinable @inline(__always)
  package static func repeating(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

  /// The high bit of each byte that is zero; bits above the lowest one set may be wrong.
  @inlinable @inline(__always)
  package static func zeroes(in word: UInt64) -> UInt64 {
    (word &- 0x0101_0101_0101_0101) & ~word & 0x8080_8080_8080_8080
  }
}
