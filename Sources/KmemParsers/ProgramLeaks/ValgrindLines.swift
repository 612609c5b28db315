/// The beginning of a frame in Valgrind's text: `at 0x4C2DB8F: `, `by 0x400577: `.
struct ValgrindFrame {
  let isInnermost: Bool
  let end: Int

  init?(_ text: Span<UInt8>) {
    // Where the mark of the process is lost, something else may stand before.
    for word: StaticString in ["at 0x", "by 0x"] {
      guard let start = text.offset(of: word), start == 0 || Ascii.isBlank(text[start - 1]),
        let end = text.endOfAddress(at: start + 3), end < text.count, text[end] == Ascii.colon
      else { continue }
      isInnermost = text[start] == UInt8(ascii: "a")
      self.end = end + 1
      return
    }
    return nil
  }
}

/// The first line of a record: `72 (32 direct, 40 indirect) bytes in 1 blocks are definitely lost in
/// loss record 2 of 6`, in a later check also `8 (+8) bytes in 1 (+1) blocks are … in new loss record`.
struct LossHeader {
  let amount: ProgramLeakAmount
  let indirectBytes: Int64
  let kind: ProgramLeakKind
  let isDelta: Bool
  /// How many records there are; 0 where that isn't told.
  let total: Int64
  /// Whether this is the last of them.
  let isLast: Bool

  init?(_ text: Span<UInt8>) {
    // The number of the record may stand in the next line of a wrapped text.
    guard let place = text.offset(of: "loss record ") ?? text.offset(of: " blocks are "),
      let blocks = text.offset(of: " bytes in "), blocks < place,
      let start = text.startOfAmount(before: blocks),
      let found = ValgrindAmount(text, from: start)
    else { return nil }
    let kinds: [(StaticString, ProgramLeakKind)] = [
      ("definitely lost", .definitelyLost), ("indirectly lost", .indirectlyLost),
      ("possibly lost", .possiblyLost), ("still reachable", .stillReachable),
    ]
    guard let kind = kinds.first(where: { text.offset(of: $0.0, from: blocks) != nil }) else {
      return nil
    }
    self.kind = kind.1
    (amount, indirectBytes, isDelta) = (found.amount, found.indirect, found.isDelta)
    let number = text.holds("loss record ", at: place) ? text.grouped(at: place + 12) : nil
    let of = number.flatMap { text.holds(" of ", at: $0.end) ? text.grouped(at: $0.end + 4) : nil }
    total = of?.value ?? 0
    isLast = total > 0 && number?.value == total
  }

  func record(of process: Int64?, line: Int) -> ProgramLeakRecord {
    var record = ProgramLeakRecord(
      .valgrind, process: process, kind: kind, amount: amount, line: line)
    record.indirectBytes = indirectBytes
    record.isDelta = isDelta
    record.isLast = isLast
    return record
  }
}

/// Valgrind's `1,000 bytes in 1 blocks`, with the growth and the parts that may stand in it:
/// `72 (+8) (32 (+8) direct, 40 (+0) indirect) bytes in 1 (+0) blocks`.
struct ValgrindAmount {
  private(set) var amount: ProgramLeakAmount
  /// Bytes of blocks to which only these point.
  private(set) var indirect: Int64 = 0
  /// Whether the growth since the last check stands in it.
  private(set) var isDelta = false

  init?(_ text: Span<UInt8>, from start: Int) {
    guard let bytes = text.grouped(at: start) else { return nil }
    amount = ProgramLeakAmount(bytes: bytes.value)
    var end = text.nonBlank(from: bytes.end)
    while end < text.count, text[end] == UInt8(ascii: "(") {
      let close = text.closingParenthesis(from: end)
      read(text.extracting((end + 1)..<close))
      end = text.nonBlank(from: min(close + 1, text.count))
    }
    guard text.holds("bytes in ", at: end), let blocks = text.grouped(at: end + 9) else {
      return nil
    }
    amount.blocks = blocks.value
    isDelta = isDelta || text.holds(" (+", at: blocks.end) || text.holds(" (-", at: blocks.end)
  }

  /// Reads what stands in brackets.
  private mutating func read(_ part: Span<UInt8>) {
    isDelta = isDelta || part.offset(of: "+") != nil || part.starts(with: "-")
    guard part.offset(of: " direct") != nil, let own = part.grouped(at: 0) else { return }
    amount.bytes = own.value
    let rest = part.offset(of: "direct, ").flatMap { part.grouped(at: $0 + 8) }
    indirect = rest?.value ?? 0
  }
}

extension Span<UInt8> {
  /// Where the bracket closes that opens at an offset; the end if none does.
  fileprivate func closingParenthesis(from start: Int) -> Int {
    var (depth, offset) = (0, start)
    while offset < count {
      if self[offset] == UInt8(ascii: "(") { depth += 1 }
      if self[offset] == UInt8(ascii: ")") { depth -= 1 }
      if depth == 0 { return offset }
      offset += 1
    }
    return count
  }

  /// Where the amount begins that ends before ` bytes in `: at a number, with brackets behind it.
  fileprivate func startOfAmount(before end: Int) -> Int? {
    var (offset, depth) = (end, 0)
    while offset > 0 {
      let byte = self[offset - 1]
      if byte == UInt8(ascii: ")") { depth += 1 }
      let isInside = depth > 0
      if byte == UInt8(ascii: "(") { depth -= 1 }
      let isNumber = Ascii.isDigit(byte) || byte == Ascii.comma || byte == UInt8(ascii: "'")
      let isGap = Ascii.isBlank(byte) && offset < end && self[offset] == UInt8(ascii: "(")
      guard isNumber || isInside || isGap else { break }
      offset -= 1
    }
    return offset < end ? nonBlank(from: offset) : nil
  }
}
