/// The cells of a line of a table, without what stands around their words.
struct TableCells {
  private let mark: UInt8
  private var start: Int
  private let end: Int
  private var isAtEnd = false

  init(_ line: Span<UInt8>, _ mark: UInt8) {
    self.mark = mark
    let stroke = UInt8(ascii: "|")
    var (first, last) = (line.offsetOfNonBlank(from: 0), line.count)
    while last > first, Ascii.isBlank(line[last - 1]) { last -= 1 }
    if mark == stroke, first < last, line[first] == stroke { first += 1 }
    if mark == stroke, first < last, line[last - 1] == stroke { last -= 1 }
    (start, end) = (first, last)
  }

  /// What parts the cells of a line: a stroke, a tabulator, a semicolon or a comma; nothing where there
  /// are less than two of one.
  static func mark(of line: Span<UInt8>) -> UInt8? {
    for mark in [UInt8(ascii: "|"), Ascii.tab, UInt8(ascii: ";"), Ascii.comma] {
      var count = 0
      for index in line.indices where line[index] == mark { count += 1 }
      if count >= 2 { return mark }
    }
    return nil
  }

  /// Where the words of the next cell of the line are.
  mutating func next(_ line: Span<UInt8>) -> Range<Int>? {
    if mark == Ascii.space {
      while start < end, Ascii.isBlank(line[start]) { start += 1 }
      isAtEnd = start >= end
    }
    guard !isAtEnd else { return nil }
    let first = start
    var stop = first
    var isQuoted = false
    while stop < end, isQuoted || !isEnd(line[stop]) {
      if line[stop] == UInt8(ascii: "\"") { isQuoted.toggle() }
      stop += 1
    }
    isAtEnd = stop >= end
    start = stop + 1
    return Self.bare(line, first..<stop)
  }

  private func isEnd(_ byte: UInt8) -> Bool {
    mark == Ascii.space ? Ascii.isBlank(byte) : byte == mark
  }

  private static func bare(_ line: Span<UInt8>, _ cell: Range<Int>) -> Range<Int> {
    var (start, end) = (cell.lowerBound, cell.upperBound)
    while start < end, isFrame(line[start]) { start += 1 }
    while end > start, isFrame(line[end - 1]) { end -= 1 }
    return start..<end
  }

  private static func isFrame(_ byte: UInt8) -> Bool {
    Ascii.isBlank(byte) || "\"'*`<>".utf8.contains(byte)
  }
}

extension Span<UInt8> {
  /// Whether it is the rule below a heading in Markdown: `|---|---:|`.
  var isTableRule: Bool {
    var dashes = 0
    for index in indices {
      switch self[index] {
      case UInt8(ascii: "-"): dashes += 1
      case UInt8(ascii: "|"), UInt8(ascii: ":"), UInt8(ascii: "+"), Ascii.space: continue
      default: return false
      }
    }
    return dashes >= 3
  }

  /// A number with or without marks of thousands.
  var cellNumber: UInt64? {
    if let plain = decimal { return plain }
    guard count <= 26 else { return nil }
    var digits: [UInt8] = []
    for index in indices {
      if Ascii.isDigit(self[index]) {
        digits.append(self[index])
      } else if !",.' _".utf8.contains(self[index]) || digits.isEmpty {
        return nil
      }
    }
    // Marks part groups of three digits; what stands elsewhere is a fraction.
    for index in indices where !Ascii.isDigit(self[index]) {
      let next = index + 4
      guard next <= count, next == count || !Ascii.isDigit(self[next]) else { return nil }
    }
    return digits.span.decimal
  }
}
