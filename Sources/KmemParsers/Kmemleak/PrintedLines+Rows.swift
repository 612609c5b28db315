extension PrintedLines {
  /// Reads a row of sixteen bytes with as many characters behind them.
  mutating func wholeRow(_ dump: inout KmemleakDump) -> Bool {
    let start = offset &+ 4
    guard text.count &- offset >= 70, skip("    ") else { return false }
    guard let first = eightBytes(at: start), let second = eightBytes(at: start &+ 24) else {
      return false
    }
    let characters = start &+ 48
    guard text.offset(ofByte: Ascii.newline, from: characters) == characters &+ 17 else {
      return false
    }
    dump.append(row: (first, second))
    offset = characters &+ 18
    count &+= 1
    return true
  }

  /// The eight bytes in `xx xx xx xx xx xx xx xx ` at a place.
  @inline(__always)
  private func eightBytes(at place: Int) -> UInt64? {
    guard let low = HexBytes.three(text.word(at: place)), text[place &+ 8] == Ascii.space,
      let middle = HexBytes.three(text.word(at: place &+ 9)),
      // The last two have the end of the one before them in front.
      let high = HexBytes.two(text.word(at: place &+ 16))
    else { return nil }
    return low | middle << 24 | high << 48
  }

  /// Reads a row of fewer than sixteen bytes.
  mutating func lastRow(of bytes: Int, _ dump: inout KmemleakDump) -> Bool {
    guard skip("    "), offset < text.count, text[offset].hexDigit != nil else { return false }
    let newline = text.offset(ofByte: Ascii.newline, from: offset)
    guard newline < text.count, text[newline &- 1] != Ascii.carriageReturn else { return false }
    var end = newline
    while Ascii.isBlank(text[end &- 1]) { end &-= 1 }
    let line = text.extracting(offset..<end)
    guard let row = DumpRow(line, atMost: bytes), row.count == bytes else { return false }
    for index in 0..<bytes { if let byte = line.dumpByte(index) { dump.append(byte) } }
    offset = newline &+ 1
    count &+= 1
    return true
  }
}

/// Bytes in hexadecimal, `64 75 6d `, eight characters at once.
private enum HexBytes {
  /// The three bytes in `xx xx xx`.
  @inline(__always)
  static func three(_ word: UInt64) -> UInt64? {
    let spaces: UInt64 = 0x0000_ff00_00ff_0000
    guard word & spaces == 0x0000_2000_0020_0000,
      let digits = digits(word & ~spaces | 0x0000_3000_0030_0000)
    else { return nil }
    let bytes = digits | digits << 12
    return bytes >> 8 & 0xff | bytes >> 24 & 0xff00 | bytes >> 40 & 0xff_0000
  }

  /// The last two bytes of `x xx xx `, of which the first character is another's.
  @inline(__always)
  static func two(_ word: UInt64) -> UInt64? {
    let spaces: UInt64 = 0xff00_00ff_0000_ffff
    guard word >> 8 & 0xff == 0x20, word >> 32 & 0xff == 0x20, word >> 56 == 0x20,
      let digits = digits(word & ~spaces | 0x3000_0030_0000_3030)
    else { return nil }
    let bytes = digits | digits << 12
    return bytes >> 24 & 0xff | bytes >> 40 & 0xff00
  }

  /// The values of eight digits; nil if a byte is none, or a capital letter.
  @inline(__always)
  private static func digits(_ word: UInt64) -> UInt64? {
    // 0 to 9 as 0 to 9, a to f as 1 to 6: a sum sets a byte's highest bit from some value on.
    let digit = word ^ Word.repeating(0x30)
    let letter = word ^ Word.repeating(0x60)
    let isNoDigit = digit &+ Word.repeating(0x76)
    let isNoLetter = ~(letter &+ Word.repeating(0x7f)) | (letter &+ Word.repeating(0x79))
    guard (word | (isNoDigit & isNoLetter)) & Word.repeating(0x80) == 0 else { return nil }
    let isLetter = (word >> 6) & Word.repeating(1)
    return (word & Word.repeating(0x0f)) &+ isLetter &* 9
  }
}
