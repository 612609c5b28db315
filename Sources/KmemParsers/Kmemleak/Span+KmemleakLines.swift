extension Span<UInt8> {
  /// The lines at the beginning, each with its end, that are of a kmemleak report by their own form: where
  /// they end, and how many they are; beyond so many bytes, no object is begun.
  ///
  /// Of a plain report they are all lines, which are nobody else's: no reader but kmemleak's needs to see
  /// them.
  package func kmemleakLines(beyond enough: Int) -> (end: Int, lines: Int) {
    var (end, lines) = (0, 0)
    while end < count, end < enough || self[end] == Ascii.space {
      let newline = offset(ofByte: Ascii.newline, from: end)
      // Readers may take a carriage return off, and don't keep what is longer.
      guard newline < count, newline > end, newline &- end < 1 << 16,
        self[newline &- 1] != Ascii.carriageReturn, extracting(end..<newline).isOfKmemleak
      else { break }
      end = newline &+ 1
      lines &+= 1
    }
    return (end, lines)
  }

  /// Where the next line after `start` begins that announces an object; `count` if there's none.
  package func beginningOfObject(from start: Int) -> Int {
    var offset = start
    while offset < count {
      offset = self.offset(ofByte: Ascii.newline, from: offset) &+ 1
      if holds("unreferenced object", at: offset) { return offset }
    }
    return count
  }

  /// Whether the line begins as one of a kmemleak report, of which a text may have millions.
  var isOfKmemleak: Bool {
    guard count > 6 else { return false }
    if holds("    ", at: 0) {
      let isAddress = self[4] == UInt8(ascii: "[") && self[5] == UInt8(ascii: "<")
      let isDump = self[4].hexDigit != nil && self[5].hexDigit != nil && self[6] == Ascii.space
      return isAddress || isDump || isKernelFrame
    }
    return starts(with: "unreferenced object") || starts(with: "  comm \"")
      || starts(with: "  hex dump") || starts(with: "  backtrace")
  }

  /// Whether the line is a frame as the kernel prints it, `    name+0x2a/0xa0`: no tool for programs
  /// tells the length of a function.
  private var isKernelFrame: Bool {
    guard self[4] != Ascii.space else { return false }
    let plus = offset(ofByte: UInt8(ascii: "+"), from: 4)
    guard holds("+0x", at: plus) else { return false }
    var end = plus &+ 3
    while end < count, self[end].hexDigit != nil { end &+= 1 }
    return end > plus &+ 3 && holds("/0x", at: end)
  }
}
