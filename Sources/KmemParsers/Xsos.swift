/// The part on memory of `xsos`, which sums up meminfo for people.
package struct Xsos: Hashable, Sendable, MeminfoForm {
  /// The amounts by their lines of meminfo, and what is used.
  package private(set) var lines: [MeminfoLine] = []
  /// What was passed over.
  package private(set) var remarks: [Remark] = []

  /// Parses the lines below `RAM:`.
  ///
  /// - Throws: `ParseError` if it isn't told how much memory there is.
  package init(parsing text: Span<UInt8>) throws(ParseError) {
    self = try withPlainSpaces(text, Self.init(parsingClean:))
  }
}

extension Xsos: ParsedFile, ToldByMarks {
  /// The form's declaration.
  package static let file = KernelFile(
    "text/xsos", words: "xsos", example: "31.5 GiB total ram", title: "xsos",
    marks: [
      TextMark(.unmistakable, within: "B total ram"),
      TextMark(.unmistakable, within: "used excluding Buffers/Cached"),
    ], isLive: false)

  /// A line of the part on memory.
  package static func holds(_ line: Span<UInt8>) -> Bool? {
    amount(line.trimmed()) == nil ? nil : true
  }
}

extension Xsos {
  private init(parsingClean text: Span<UInt8>) throws(ParseError) {
    var amounts: [String: PrintedAmount] = [:]
    var lines = Lines(text)
    while let line = lines.next() {
      guard let (words, amount) = Self.amount(line.trimmed()) else { continue }
      if amounts[words] == nil { amounts[words] = amount }
    }
    guard let total = amounts["total ram"] else { throw Self.file.refusal(of: text) }
    self.lines = [MeminfoLine(.memTotal, total)]
    guard let used = amounts["used"] else { return }
    self.lines += [MeminfoLine(.memFree, total.less(used)), MeminfoLine(name: "used", used)]
    if let programs = amounts["used excluding Buffers/Cached"] {
      self.lines.append(MeminfoLine(.cached, used.less(programs)))
    }
  }

  /// `24.3 GiB (77%) used excluding Buffers/Cached`, with the words behind the amount.
  private static func amount(_ line: Span<UInt8>) -> (words: String, amount: PrintedAmount)? {
    let words = line.words
    guard words.count >= 3, words[1].hasSuffix("iB") else { return nil }
    let number = Array((words[0] + words[1]).utf8)
    guard let amount = PrintedAmount(number.span) else { return nil }
    let rest = words[2...].drop { $0.hasPrefix("(") && $0.hasSuffix("%)") }
    return (rest.joined(separator: " "), amount)
  }
}

extension PrintedAmount {
  /// What is left of it without another amount.
  fileprivate func less(_ other: PrintedAmount) -> PrintedAmount {
    PrintedAmount(bytes: max(0, bytes - other.bytes), error: error + other.error)
  }
}
