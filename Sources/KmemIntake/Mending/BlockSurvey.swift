internal import KmemParsers

/// A look at a block of lines that tells whether anything in it can need mending.
///
/// Most texts need nothing, so each byte is looked at once or twice and nothing is copied.
struct BlockSurvey {
  /// Lines, the last one also without its end.
  private(set) var lines = 0
  /// Whether a line isn't as its kernel file has it, or may be hidden by an encoding.
  private(set) var isOdd = false
  /// Whether there are ends of lines at all, besides single carriage returns.
  private(set) var hasNewlines = false
  private(set) var hasReturns = false
  /// Whether the lines are those of a plain kmemleak report.
  private(set) var isPlainReport = true
  private var headers = 0

  init(_ block: Span<UInt8>) {
    var start = 0
    while start < block.count {
      let end = block.offset(ofByte: Ascii.newline, from: start)
      hasNewlines = hasNewlines || end < block.count
      lines += 1
      read(block.extracting(start..<end))
      start = end + 1
    }
    isPlainReport = isPlainReport && headers > 0
  }

  private mutating func read(_ whole: Span<UInt8>) {
    var line = whole
    if line.count > 0, line[line.count - 1] == Ascii.carriageReturn {
      line = line.extracting(0..<(line.count - 1))
      hasReturns = true
    }
    guard !line.isEmpty else { return isPlainReport = false }
    isPlainReport = isPlainReport && (line[0] == Ascii.space || line[0] == UInt8(ascii: "u"))
    let hasSlash = look(at: line)
    let start = line.offsetOfNonBlank(from: 0)
    guard start < line.count else { return }
    let anchor = Anchor(line)
    if line.isFramed(start) || Columns.isRow(line) || !isOdd && JoinedLines.isJoined(line, anchor) {
      isOdd = true
    }
    guard let anchor else {
      isOdd = isOdd || hasSlash && line.offset(of: "/proc/meminfoM") != nil
      return
    }
    if anchor.kind == .leakHeader { headers += 1 }
    isOdd = isOdd || Self.isOdd(anchor, line)
  }

  /// Notes bytes that no kernel file has, or that hide those that it has.
  ///
  /// - Returns: whether there is a slash, as in the path of a file.
  private mutating func look(at line: Span<UInt8>) -> Bool {
    let table = Self.marks.span
    var marks: UInt8 = 0
    for index in line.indices { marks |= table[Int(line[index])] }
    if marks & 1 != 0 { isOdd = true }
    if marks & 2 != 0 { isOdd = isOdd || Markup.isMarked(line) || QuotedPrintable.isMarked(line) }
    if marks & 16 != 0 { isOdd = isOdd || EscapedLines.isOne(line) }
    if marks & 8 == 0, MomentRows.isHeading(line) || VmstatRows.isHeading(line) { isOdd = true }
    if NmonRows.isHeading(line) || SlabColumns.mayBeHeading(line) || MetricRows.isRow(line) {
      isOdd = true
    }
    return marks & 4 != 0
  }

  private static let marks: [UInt8] = (0..<256).map { byte in
    switch UInt8(byte) {
    case 0, 0x1B, 0x80...0xFF, Ascii.carriageReturn: 1
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: "="): 2
    case UInt8(ascii: "/"): 4
    case UInt8(ascii: "\\"), UInt8(ascii: "["), UInt8(ascii: "|"): 16
    case UInt8(ascii: "0")...UInt8(ascii: "9"), Ascii.colon: 8
    default: 0
    }
  }

  /// Whether the line is another than its file has.
  private static func isOdd(_ anchor: Anchor, _ line: Span<UInt8>) -> Bool {
    switch anchor.kind {
    case .meminfo:
      let start = line.offset(of: "Node ") == 0 ? line.word(at: 2) : 0
      guard anchor.start == 0, let row = MeminfoRow(line, at: start) else { return true }
      return !row.isStandard(line)
    case .margin:
      return anchor.start > 0 || line.hasTail || line[anchor.start] == UInt8(ascii: "[")
    case .other: return line.offsetOfNonBlank(from: 0) < anchor.start
    case .leakHeader, .leakMarker, .leakComm, .leakDump, .leakStack:
      return !LinePrefix.reaches(anchor, of: line) || LeakLine.isOdd(line, anchor)
    }
  }
}

extension MeminfoRow {
  /// Whether the kernel prints the row so.
  func isStandard(_ line: Span<UInt8>) -> Bool {
    mendings.isEmpty && !lacksUnit(line) && line.offsetOfNonBlank(from: end) == line.count
  }
}

extension LinePrefix {
  /// Whether what stands before the line is a log's, which the reader of reports knows.
  static func reaches(_ anchor: Anchor, of line: Span<UInt8>) -> Bool {
    let start = line.offsetOfNonBlank(from: 0)
    guard start < anchor.start else { return true }
    return start + LinePrefix(line.extracting(start..<line.count)).end >= anchor.start
      && line[start] != UInt8(ascii: ">") && line[start] != UInt8(ascii: "|")
  }
}

extension Span<UInt8> {
  /// Whether the line begins like a quotation, a fence or an object of JSON.
  fileprivate func isFramed(_ start: Int) -> Bool {
    switch self[start] {
    case UInt8(ascii: ">"): start < 4
    case UInt8(ascii: "`"): holds("```", at: start)
    case UInt8(ascii: "~"): holds("~~~", at: start)
    case UInt8(ascii: "{"), UInt8(ascii: "\""): true
    case UInt8(ascii: "["):
      // A forum's tag, or a module that a mail program put on a line of its own.
      holds("[code]", at: start) || holds("[CODE]", at: start) || holds("[pre]", at: start)
        || holds("[quote]", at: start)
        || self[count - 1] == UInt8(ascii: "]") && offset(ofByte: Ascii.space) == start + 1
    default: false
    }
  }

  /// Where the word of that number begins, counted from 0.
  func word(at number: Int) -> Int {
    var start = offsetOfNonBlank(from: 0)
    for _ in 0..<number { start = offsetOfNonBlank(from: offsetOfBlank(from: start)) }
    return start
  }

  /// Whether something stands behind a row of numbers, such as an arrow.
  var hasTail: Bool {
    offset(of: " <-") != nil || offset(of: "**") != nil || count > 0 && self[0] == UInt8(ascii: "`")
  }
}
