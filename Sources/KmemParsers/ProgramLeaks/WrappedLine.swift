/// What a line of a leak report tells of whether it was broken.
enum WrappedLine {
  /// Whether the line begins as one of a report and lacks its end.
  static func isOpen(_ line: Span<UInt8>) -> Bool {
    let mark = ProcessMark(line)
    if mark?.isRemark == true { return false }
    let text = line.extracting((mark?.end ?? 0)..<line.count).trimmed()
    if let frame = ValgrindFrame(text) {
      return !isWhole(valgrind: text.extracting(frame.end..<text.count).trimmed())
    }
    if let frame = SanitizerFrame(text) {
      return !isWhole(sanitizer: text.extracting(frame.end..<text.count).trimmed())
    }
    return isOpenAmount(text) || isOpenStatement(text)
  }

  /// Whether the line is a sanitizer's frame that ends in a number, of which a column may have cut a part.
  static func endsInNumber(_ line: Span<UInt8>) -> Bool {
    let text = line.trimmed()
    guard let last = text.isEmpty ? nil : text[text.count - 1], Ascii.isDigit(last),
      let frame = SanitizerFrame(text)
    else { return false }
    return ProgramFrame(sanitizer: text.extracting(frame.end..<text.count)).line != nil
  }

  /// Whether the line is the rest of a number, with or without a column of source behind it: `76:2`.
  static func isRestOfNumber(_ line: Span<UInt8>) -> Bool {
    let text = line.trimmed()
    guard !text.isEmpty, text.count < 10 else { return false }
    return text.indices.allSatisfy { Ascii.isDigit(text[$0]) || text[$0] == Ascii.colon }
  }

  /// Whether the mark of a process is all of the line, as where a page broke the line behind it.
  static func isMarkAlone(_ line: Span<UInt8>) -> Bool {
    guard let mark = ProcessMark(line), !mark.isRemark else { return false }
    return line.extracting(mark.end..<line.count).trimmed().isEmpty
  }

  /// Whether a line without a mark can only be Valgrind's: a frame, or amounts.
  static func isOfValgrind(_ line: Span<UInt8>) -> Bool {
    let text = line.trimmed()
    if let frame = ValgrindFrame(text) { return frame.end < text.count }
    guard let place = text.offset(of: " bytes in ") else {
      return text.equals("LEAK SUMMARY:") || text.equals("HEAP SUMMARY:")
    }
    return text.offset(of: " blocks", from: place) != nil && ProcessMark(line) == nil
  }

  /// Whether the line may be the end of a broken one: it is none of its own.
  static func isTail(_ line: Span<UInt8>) -> Bool {
    let text = line.trimmed()
    guard !text.isEmpty, ProcessMark(line) == nil, SanitizerLine.leak(text) == nil,
      text.offset(of: "Sanitizer: ") == nil
    else { return false }
    if let frame = ValgrindFrame(text), frame.end < text.count { return false }
    return SanitizerFrame(text) == nil
  }

  // MARK: Frames

  /// Valgrind ends each frame whose function it knows with a place in parentheses.
  private static func isWhole(valgrind text: Span<UInt8>) -> Bool {
    let frame = ProgramFrame(valgrind: text)
    return frame.file != nil || frame.object != nil || text.equals("???")
  }

  private static func isWhole(sanitizer text: Span<UInt8>) -> Bool {
    let frame = ProgramFrame(sanitizer: text)
    // A name that ran into its place leaves none.
    if text.starts(with: "in "), frame.function == nil, frame.file != nil { return false }
    return frame.line != nil || frame.object != nil || text.starts(with: "(<unknown")
      || text.offset(of: "??") != nil
  }

  // MARK: Amounts

  /// `64 bytes in 1 blocks are definitely lost in loss record 1 of 7`, `still reachable: 0 bytes in 0
  /// blocks`.
  private static func isOpenAmount(_ text: Span<UInt8>) -> Bool {
    guard let place = text.offset(of: " bytes in") else {
      return text.offset(of: " direct, ") != nil && text.offset(of: " (") != nil
        && text.offset(of: ") bytes") == nil && Ascii.isDigit(text[0])
    }
    guard place > 0, Ascii.isDigit(text[place - 1]) || text[place - 1] == UInt8(ascii: ")") else {
      return false
    }
    guard let blocks = text.grouped(at: min(place + 10, text.count)) else {
      return place + 10 >= text.count
    }
    let rest = text.extracting(blocks.end..<text.count).trimmed()
    if rest.isEmpty { return true }
    guard rest.starts(with: "blocks are") || rest.offset(of: ") blocks are") != nil else {
      return rest.count < 10 && rest[0] == UInt8(ascii: "b") && !rest.equals("blocks")
    }
    return LossHeader(text).map { $0.total == 0 } ?? true
  }

  // MARK: The sanitizers' other lines

  private static func isOpenStatement(_ text: Span<UInt8>) -> Bool {
    if text.offset(of: "irect leak of ") != nil { return text.offset(of: "allocated from") == nil }
    guard let place = text.offset(of: "Sanitizer:") else { return false }
    if text.offset(of: "ERROR: LeakSanitizer:") != nil {
      return text.offset(of: "detected memory leaks") == nil && text.count < place + 36
    }
    guard text.offset(of: "SUMMARY: ") != nil,
      let sum = text.grouped(at: min(place + 11, text.count))
    else { return false }
    return text.offset(of: " allocation", from: sum.end) == nil
  }

  // MARK: Where it was broken

  /// Whether a blank stood between two pieces of a line, by the words there; nil where they don't tell.
  static func hasBlank(between text: Span<UInt8>, _ next: Span<UInt8>) -> Bool? {
    let last = text.extracting(text.lastWord)
    let first = next.extracting(next.firstWord)
    guard !last.isEmpty, !first.isEmpty else { return nil }
    if last[last.count - 1] == Ascii.comma { return true }
    if words.contains(where: { last.ends(withWord: $0) || first.begins(withWord: $0) }) {
      return true
    }
    // A path that was begun goes on.
    if last[0] == UInt8(ascii: "(") || last.contains(UInt8(ascii: "/")) { return false }
    switch first[0] {
    case UInt8(ascii: "/"): return true
    case UInt8(ascii: "("):
      return first.starts(with: "(in") || first.starts(with: "(/")
        || first.ends(with: ")")
          && first.offset(of: ".") != nil && first.contains(Ascii.colon)
    default: break
    }
    let isName = last[last.count - 1].isOfName && first[0].isOfName
    return isName ? nil : last[last.count - 1] == UInt8(ascii: ">") && first[0] == UInt8(ascii: ">")
  }

  /// Words of C++ and of the reports that have a blank beside them.
  private static let words: [StaticString] = [
    "in", "const", "unsigned", "signed", "long", "operator", "(anonymous", "namespace)", "virtual",
    "thunk", "to", "void", "within",
  ]
}

extension Span<UInt8> {
  fileprivate var lastWord: Range<Int> {
    let end = count - trailingBlanks
    return ((lastOffset(ofByte: Ascii.space, before: end) ?? -1) + 1)..<end
  }

  private var trailingBlanks: Int {
    var blanks = 0
    while blanks < count, Ascii.isBlank(self[count - 1 - blanks]) { blanks += 1 }
    return blanks
  }

  fileprivate var firstWord: Range<Int> {
    let start = nonBlank(from: 0)
    return start..<offset(ofByte: Ascii.space, from: start)
  }

  fileprivate func begins(withWord word: StaticString) -> Bool {
    let end = word.utf8CodeUnitCount
    return starts(with: word) && (end == count || !self[end].isOfName)
  }

  /// Whether this ends with a word, and not with a longer one: `(in` does with `in`.
  fileprivate func ends(withWord word: StaticString) -> Bool {
    let start = count - word.utf8CodeUnitCount
    return start >= 0 && holds(word, at: start) && (start == 0 || !self[start - 1].isOfName)
  }
}

extension UInt8 {
  /// Whether names of functions and files have it.
  fileprivate var isOfName: Bool {
    Ascii.isWord(self) || self == UInt8(ascii: ".") || self == UInt8(ascii: "-")
  }
}
