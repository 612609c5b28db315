internal import KmemParsers

/// Undoes what encodes single characters of lines: escapes, entities, quoted-printable, JSON.
struct BlockEncodings: Sendable {
  private var isHTML = false
  private var isQuotedPrintable = false
  private var json = JSONLines()

  /// Whether an encoding was found in an earlier block, so that it holds in the next ones too.
  var isSure: Bool { isHTML || isQuotedPrintable || json.isOpen }

  mutating func undo(_ text: inout TextLines) {
    for index in text.lines.indices { undoControls(&text, index) }
    Self.undoMarkedEnds(&text)
    json.undo(&text)
    EscapedLines.undo(&text)
    isQuotedPrintable = isQuotedPrintable || QuotedPrintable.isUsed(in: text)
    if isQuotedPrintable { QuotedPrintable.undo(&text) }
    isHTML = isHTML || Markup.isUsed(in: text)
    if isHTML { Markup.undo(&text) }
    for index in text.lines.indices { Typography.undo(&text, index) }
  }

  private func undoControls(_ text: inout TextLines, _ index: Int) {
    var line = text.lines[index].bytes
    if line.last == Ascii.carriageReturn { line.removeLast() }
    text.lines[index].bytes = line
    while line.last == Ascii.carriageReturn { line.removeLast() }
    while line.first == Ascii.carriageReturn { line.removeFirst() }
    text.replace(index, by: line, .carriageReturns)
    // A file system that was cut off leaves blocks of zeros in a log.
    if line.contains(0) {
      line = line.filter { $0 != 0 }
      text.replace(index, by: line, .nulls)
    }
    if line.contains(0x1B) {
      var plain = line.span.withoutEscapes
      // A shell returns to the margin behind what it sets before a command's output.
      while plain.first == Ascii.carriageReturn { plain.removeFirst() }
      text.replace(index, by: plain, .escapes)
    }
  }

  /// `$` at the end of each line, `^I` for tabs, `M-BM- ` for no-break spaces.
  private static func undoMarkedEnds(_ text: inout TextLines) {
    let filled = text.lines.filter { !$0.bytes.isEmpty }
    let marked = filled.filter { $0.bytes.last == UInt8(ascii: "$") }
    guard marked.count >= 3, marked.count * 10 >= filled.count * 9 else { return }
    for index in text.lines.indices where text.lines[index].bytes.last == UInt8(ascii: "$") {
      var line = Array(text.lines[index].bytes.dropLast())
      line = line.replacing("^I", with: "\t").replacing("M-BM- ", with: " ")
      if line.suffix(2) == Array("^M".utf8) { line.removeLast(2) }
      text.replace(index, by: line, .markedEnds)
    }
  }
}

extension Span<UInt8> {
  /// The line without the escapes that colour it or move the cursor (ECMA-48).
  fileprivate var withoutEscapes: [UInt8] {
    var result: [UInt8] = []
    var offset = 0
    while offset < count {
      guard self[offset] == 0x1B else {
        result.append(self[offset])
        offset += 1
        continue
      }
      offset += 1
      guard offset < count else { break }
      let introducer = self[offset]
      offset += 1
      if introducer == UInt8(ascii: "[") {
        while offset < count, self[offset] < 0x40 { offset += 1 }
        offset += 1
      } else if introducer == UInt8(ascii: "]") {
        // A title or a link, up to BEL or ESC \.
        while offset < count, self[offset] != 7, self[offset] != 0x1B { offset += 1 }
        offset += offset < count && self[offset] == 0x1B ? 2 : 1
      } else if introducer == UInt8(ascii: "(") {
        offset += 1
      }
    }
    return result
  }
}

extension [UInt8] {
  /// The bytes with each occurrence of a text replaced.
  func replacing(_ old: StaticString, with new: String) -> [UInt8] {
    guard var found = span.offset(of: old) else { return self }
    var result: [UInt8] = []
    var start = 0
    while true {
      result += self[start..<found]
      result += new.utf8
      start = found + old.utf8CodeUnitCount
      guard let next = span.offset(of: old, from: start) else { break }
      found = next
    }
    return result + self[start...]
  }
}

extension [UInt8] {
  /// The line with a plain mark where a typographic apostrophe stands between digits: `16’384`.
  fileprivate var withPlainThousands: [UInt8] {
    guard var found = span.offset(of: "\u{2019}") else { return self }
    var result: [UInt8] = []
    var start = 0
    while true {
      let end = found + 3
      let isBetween =
        found > 0 && Ascii.isDigit(self[found - 1]) && end < count && Ascii.isDigit(self[end])
      result += self[start..<found]
      result += isBetween ? [UInt8(ascii: "'")] : Array(self[found..<end])
      start = end
      guard let next = span.offset(of: "\u{2019}", from: start) else { break }
      found = next
    }
    return result + self[start...]
  }
}

/// Characters that web pages, mail programs and office programs put in the place of plain ones.
enum Typography {
  static func undo(_ text: inout TextLines, _ index: Int) {
    var line = text.lines[index].bytes
    guard line.contains(where: { $0 >= 0x80 }), !isNameOnly(line) else { return }
    for (old, new) in spaces { line = line.replacing(old, with: new) }
    text.replace(index, by: line, .noBreakSpaces)
    for (old, new) in marks { line = line.replacing(old, with: new) }
    text.replace(index, by: line.withPlainThousands, .typography)
  }

  private static let spaces: [(StaticString, String)] = [
    ("\u{A0}", " "), ("\u{202F}", " "), ("\u{2007}", " "), ("\u{2009}", " "), ("\u{3000}", " "),
  ]

  private static let marks: [(StaticString, String)] = [
    ("\u{FF1A}", ":"), ("\u{201C}", "\""), ("\u{201D}", "\""), ("\u{201E}", "\""),
    ("\u{200B}", ""), ("\u{200C}", ""), ("\u{200D}", ""), ("\u{2060}", ""), ("\u{FEFF}", ""),
  ]

  /// Whether nothing but the name of a task has such characters: a name may be anything.
  private static func isNameOnly(_ line: [UInt8]) -> Bool {
    let span = line.span
    guard let start = span.offset(of: "comm \""), let end = span.offset(of: "\", pid ") else {
      return false
    }
    return start < end && !line[..<start].contains { $0 >= 0x80 }
      && !line[end...].contains { $0 >= 0x80 }
  }
}
