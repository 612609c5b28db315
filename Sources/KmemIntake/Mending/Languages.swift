internal import KmemParsers

/// Puts the words of `free` and `top` into English, which procps prints in the user's language.
///
/// No list of words is needed: the numbers tell which column is which, since they add up.
enum Languages {
  static func mend(_ text: inout TextLines) {
    for index in text.lines.indices {
      let line = text.lines[index].bytes
      guard let row = Row(line) else { continue }
      if row.isTop {
        mendTop(row, &text, index)
      } else if index > 0 {
        mendFree(row, &text, index)
      }
    }
  }

  // MARK: free

  /// A heading of columns, none of which is English.
  private static func hasForeignHeading(_ line: [UInt8]) -> Bool {
    let words = Words(line).all
    return (5...7).contains(words.count) && !words.contains("free")
      && words.allSatisfy { $0.utf8.allSatisfy { !Ascii.isDigit($0) } }
  }

  private static func mendFree(_ row: Row, _ text: inout TextLines, _ index: Int) {
    guard row.amounts.count == 6, row.isBare, hasForeignHeading(text.lines[index - 1].bytes) else {
      return
    }
    let isOld =
      index + 1 < text.lines.count && text.lines[index + 1].bytes.starts(with: "-/+ ".utf8)
    guard isOld ? row.isOldTable : row.isNewTable else { return }
    let heading =
      isOld
      ? "             total       used       free     shared    buffers     cached"
      : "              total        used        free      shared  buff/cache   available"
    text.replace(index - 1, by: Array(heading.utf8), .language)
    text.replace(index, by: Array("Mem: \(row.numbers)".utf8), .language)
    var next = index + 1
    if isOld, let adjusted = Row(text.lines[next].bytes) {
      text.replace(next, by: Array("-/+ buffers/cache: \(adjusted.numbers)".utf8), .language)
      next += 1
    }
    guard next < text.lines.count, let swap = Row(text.lines[next].bytes),
      swap.amounts.count == 3, swap.isBare, swap.isSum(0, of: 1, 2)
    else { return }
    text.replace(next, by: Array("Swap: \(swap.numbers)".utf8), .language)
  }

  // MARK: top

  private static let memoryItems = ["total", "free", "used", "buff/cache"]

  private static func mendTop(_ row: Row, _ text: inout TextLines, _ index: Int) {
    guard row.amounts.count == 4, row.isSum(0, of: 1, 2, 3), !row.isEnglish else {
      return
    }
    text.replace(index, by: Array(row.top("Mem", memoryItems).utf8), .language)
    if index + 1 < text.lines.count, let swap = Row(text.lines[index + 1].bytes), swap.isTop,
      swap.amounts.count == 4, swap.isSum(0, of: 1, 2)
    {
      let items = ["total", "free", "used", "avail Mem"]
      text.replace(index + 1, by: Array(swap.top("Swap", items).utf8), .language)
    }
    for below in text.lines.indices.dropFirst(index + 2).prefix(6) {
      var words = Words(text.lines[below].bytes).all
      guard words.first == "PID", words.count > 8, words.contains("VIRT") else { continue }
      words[1] = "USER"
      words[words.count - 2] = "TIME+"
      words[words.count - 1] = "COMMAND"
      text.replace(below, by: Array(words.joined(separator: " ").utf8), .language)
    }
  }
}

/// A title up to a colon, and the amounts behind it.
private struct Row {
  /// The title with its colon.
  let title: String
  private(set) var amounts: [PrintedAmount] = []
  private(set) var numbers = ""
  private var words: [String] = []

  /// Nothing where no amount stands behind the first colon.
  init?(_ line: [UInt8]) {
    let colon = line.span.offsetOfTitleEnd
    guard colon < line.count else { return nil }
    title = line.span.extracting(0..<(colon + 1)).trimmed().words
    for word in Words(Array(line[(colon + 1)...])).all {
      let end = word.utf8.last.map { $0 == Ascii.comma || $0 == UInt8(ascii: ".") } ?? false
      let bare = Array((end ? String(word.dropLast()) : word).utf8)
      if let amount = PrintedAmount(bare.span) {
        amounts.append(amount)
        numbers += (numbers.isEmpty ? "" : " ") + String(decoding: bare, as: UTF8.self)
      } else {
        words.append(word)
      }
    }
    guard amounts.count >= 3 else { return nil }
  }

  /// Whether it is a line of top's head: `MiB Mem :`, with a word behind each number.
  var isTop: Bool {
    title.hasPrefix("KiB ") || title.hasPrefix("MiB ") || title.hasPrefix("GiB ")
  }

  /// Whether nothing but amounts stands behind the title, the first of which isn't nothing, as no
  /// machine has no memory.
  var isBare: Bool {
    words.isEmpty && title.utf8.allSatisfy { !Ascii.isDigit($0) }
      && (amounts.count < 6 || amounts[0].bytes > 0)
  }

  var isEnglish: Bool { words.contains { $0.hasPrefix("free") } }

  /// Whether one amount is the sum of others, by a fiftieth and what their rounding hides.
  func isSum(_ sum: Int, of parts: Int...) -> Bool {
    let total = amounts[sum]
    var (rest, error) = (total.bytes, total.error)
    for part in parts {
      rest = rest.subtractingReportingOverflow(amounts[part].bytes).partialValue
      error = error.addingReportingOverflow(amounts[part].error).partialValue
    }
    return total.bytes > 0
      ? rest.magnitude <= UInt64(total.bytes / 50) + error.magnitude : rest == 0
  }

  /// total, used, free, shared, buff/cache, available; used is what isn't available since 4.0.
  var isNewTable: Bool { isSum(0, of: 1, 2, 4) || isSum(0, of: 1, 5) }

  /// total, used, free, shared, buffers, cached.
  var isOldTable: Bool { isSum(0, of: 1, 2) }

  /// A line of top's head with the names of its items.
  func top(_ name: String, _ items: [String]) -> String {
    let parts = zip(numbers.split(separator: " "), items).map { "\($0) \($1)" }
    return "\(title.prefix(3)) \(name) : " + parts.joined(separator: ", ")
  }
}

/// The words of a line.
private struct Words {
  private(set) var all: [String] = []

  init(_ line: [UInt8]) {
    var fields = Fields(line.span)
    while all.count < 32, let field = fields.next() { all.append(field.words) }
  }
}

extension Span<UInt8> {
  /// The first colon within the bytes that a title may have; the end where there is none.
  fileprivate var offsetOfTitleEnd: Int {
    let start = offsetOfNonBlank(from: 0)
    // A title begins with a letter or the sign of the old row of buffers.
    guard start < count, !Ascii.isDigit(self[start]), self[start] != UInt8(ascii: "[") else {
      return count
    }
    for index in start..<Swift.min(count, start + 48) where self[index] == Ascii.colon {
      return index
    }
    return count
  }
}
