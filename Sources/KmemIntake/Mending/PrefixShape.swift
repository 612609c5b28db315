internal import KmemParsers

/// What the beginnings of lines have in common that one tool wrote: numbers, days and what stands in
/// brackets may differ from line to line.
struct PrefixShape: Hashable, Sendable {
  private let marks: [UInt8]

  /// The shape of the beginning up to an offset, without the blanks before that.
  init(_ line: [UInt8], until end: Int) {
    let beginning = line.span.extracting(0..<end)
    var cursor = Cursor()
    while cursor.offset < end { cursor.advance(beginning) }
    while cursor.marks.last == Ascii.space { cursor.marks.removeLast() }
    marks = cursor.marks
  }

  /// Where a beginning of this shape ends in the line; nothing if it has none.
  func end(in bytes: [UInt8]) -> Int? {
    let line = bytes.span
    var cursor = Cursor()
    while cursor.marks.count < marks.count, cursor.offset < line.count {
      let known = cursor.marks.count
      cursor.advance(line)
      guard cursor.marks.count <= marks.count else { return nil }
      for index in known..<cursor.marks.count where !fits(cursor.marks[index], index) { return nil }
    }
    return cursor.marks.count == marks.count ? cursor.offset : nil
  }

  /// `grep -A` puts a dash behind the numbers of lines around those that it found.
  private func fits(_ mark: UInt8, _ index: Int) -> Bool {
    guard marks[index] != mark else { return true }
    guard marks[index] == Ascii.colon, mark == UInt8(ascii: "-") else { return false }
    let isLast = index == marks.count - 1
    return isLast || marks[index + 1] == Cursor.number
  }

  /// Walks over a line, part by part.
  private struct Cursor {
    static let number = UInt8(ascii: "0")

    var offset = 0
    var marks: [UInt8] = []

    mutating func advance(_ line: Span<UInt8>) {
      let byte = line[offset]
      if Ascii.isBlank(byte) {
        offset = line.offsetOfNonBlank(from: offset)
        if let last = marks.last, !"[(< ".utf8.contains(last) { marks.append(Ascii.space) }
      } else if Ascii.isWord(byte) {
        takeWord(line)
      } else if let close = Self.close(line, offset) {
        marks += [byte, UInt8(ascii: "x"), line[close]]
        offset = close + 1
      } else {
        marks.append(byte)
        offset += 1
      }
    }

    private mutating func takeWord(_ line: Span<UInt8>) {
      let start = offset
      while offset < line.count, Ascii.isWord(line[offset]) { offset += 1 }
      let word = line.extracting(start..<offset)
      if word.count == 3, Self.days.contains(word.words) { return marks.append(UInt8(ascii: "M")) }
      // A letter alone is the level of Android's log.
      if word.count == 1, word[0] &- UInt8(ascii: "A") < 26 {
        return marks.append(UInt8(ascii: "A"))
      }
      var wasDigit = false
      for index in word.indices {
        let isDigit = Ascii.isDigit(word[index])
        if !(isDigit && wasDigit) { marks.append(isDigit ? Self.number : word[index]) }
        wasDigit = isDigit
      }
    }

    private static let days: Set<String> = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Mon",
      "Tue", "Wed", "Thu", "Fri", "Sat", "Sun",
    ]

    /// Where what a bracket opens is closed, unless an address stands in it.
    private static func close(_ line: Span<UInt8>, _ start: Int) -> Int? {
      guard line[start] == UInt8(ascii: "[") || line[start] == UInt8(ascii: "(") else { return nil }
      let mark = line[start] == UInt8(ascii: "[") ? UInt8(ascii: "]") : UInt8(ascii: ")")
      let inner = line.extracting((start + 1)..<min(line.count, start + 64))
      let end = inner.offset(ofByte: mark)
      guard end > 0, end < inner.count, inner[0] != UInt8(ascii: "<") else { return nil }
      return start + 1 + end
    }
  }
}
