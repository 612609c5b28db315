internal import KmemParsers

// What the bytes of a line look like, before anything is made of them.

extension Span<UInt8> {
  /// Whether nothing but blanks is in the line.
  var isBlankLine: Bool {
    for index in indices where !Self.isBlank(self[index]) { return false }
    return true
  }

  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

  /// The line as text, where it is short enough to be a heading, a command or a time.
  var shortText: String? {
    guard count <= 200 else { return nil }
    return words
  }

  /// What the line has beside its numbers, as a number that is as good as different for different
  /// words; nothing where it begins with an address that the kernel hides.
  var rowKey: UInt64? {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    var offset = 0
    var isFirst = true
    while offset < count {
      while offset < count, Self.isBlank(self[offset]) { offset += 1 }
      let start = offset
      while offset < count, !Self.isBlank(self[offset]) { offset += 1 }
      guard offset > start else { break }
      if isFirst, isHiddenAddress(start..<offset) { return nil }
      isFirst = false
      guard !isNumber(start..<offset) else { continue }
      for index in start..<offset { hash = (hash ^ UInt64(self[index])) &* 0x100_0000_01b3 }
      hash = (hash ^ 0x20) &* 0x100_0000_01b3
    }
    return hash
  }

  /// Whether a word is a number, with or without a unit, a point or a percent sign.
  private func isNumber(_ word: Range<Int>) -> Bool {
    guard self[word.lowerBound] &- 0x30 < 10 else { return false }
    for index in word {
      switch self[index] {
      case 0x30...0x39, UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "%"), UInt8(ascii: "K"),
        UInt8(ascii: "k"), UInt8(ascii: "M"), UInt8(ascii: "G"), UInt8(ascii: "T"),
        UInt8(ascii: "i"), UInt8(ascii: "B"):
        continue
      default: return false
      }
    }
    return true
  }

  private func isHiddenAddress(_ word: Range<Int>) -> Bool {
    guard word.count >= 10, self[word.lowerBound] == UInt8(ascii: "0"),
      self[word.lowerBound + 1] == UInt8(ascii: "x")
    else { return false }
    for index in (word.lowerBound + 2)..<(word.lowerBound + 10)
    where self[index] != UInt8(ascii: "0") { return false }
    return true
  }
}
