internal import KmemParsers

/// Tables that have a row of meminfo's names and a column for each moment: `Name  before  after`.
///
/// Each column is put below the other as a meminfo of its own, under the title that it has.
enum Columns {
  static func mend(_ text: inout TextLines) {
    var index = 0
    while index < text.lines.count {
      guard let table = ColumnTable(text, from: index) else {
        index = ColumnTable.endOfNodes(text, from: index) ?? index + 1
        continue
      }
      let lines = table.lines
      text.note(.columns(table.titles), table.range.lowerBound)
      text.lines.replaceSubrange(table.range, with: lines)
      index = table.range.lowerBound + lines.count
    }
  }

  /// The words of a line of such a table.
  static func words(of line: TextLines.Line) -> [String] {
    guard line.bytes.count < 300 else { return [] }
    return ColumnRow.words(line.bytes.span)
  }

  /// Whether the line is a row with two amounts or more.
  static func isRow(_ line: Span<UInt8>) -> Bool { ColumnRow(line) != nil }
}

/// A row of such a table: a name that meminfo has, and two amounts or more.
private struct ColumnRow {
  let name: String
  private(set) var amounts: [UInt64] = []
  /// The unit behind the amounts; nothing where there is none.
  private(set) var unit: String?

  init?(bytes: [UInt8]) { self.init(bytes.span) }

  init?(_ line: Span<UInt8>) {
    let start = line.offsetOfNonBlank(from: 0)
    guard start < line.count, line.count < 300, Self.mayBegin(line, at: start) else { return nil }
    var words = Self.words(line)
    guard words.count >= 3, let first = words.first else { return nil }
    name = first.last == ":" ? String(first.dropLast()) : first
    guard MeminfoRow.isKnown(name) else { return nil }
    words.removeFirst()
    for word in words where !take(word) { return nil }
    guard amounts.count >= 2 else { return nil }
  }

  /// Whether a name of meminfo stands there, perhaps behind marks of a table, and two numbers behind it.
  ///
  /// Most lines have not, and needn't be made into words.
  private static func mayBegin(_ line: Span<UInt8>, at first: Int) -> Bool {
    var start = first
    while start < line.count, Ascii.isBlank(line[start]) || isOrnament(line[start]) { start += 1 }
    let end = MeminfoRow.endOfName(line, from: start)
    guard MeminfoRow.isKnown(line.extracting(start..<end)) else { return false }
    var numbers = 0
    for index in end..<line.count where Ascii.isDigit(line[index]) {
      numbers += index == end || !Ascii.isDigit(line[index - 1]) ? 1 : 0
    }
    return numbers >= 2
  }

  private static func isOrnament(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "|"), UInt8(ascii: "*"), UInt8(ascii: "`"), UInt8(ascii: "\""),
      UInt8(ascii: "'"):
      true
    default: false
    }
  }

  /// Takes a word of the row; false for one that makes it something else.
  private mutating func take(_ word: String) -> Bool {
    let small = word.lowercased()
    if Self.units.contains(small) {
      unit = word
      return !amounts.isEmpty
    }
    if word == "->" || word == "=>" || word == "\u{2192}" { return true }
    let digits = word.filter { $0.isASCII && $0.isNumber }
    let isSigned = word.first == "+" || word.first == "-"
    // What changed, as a number with a sign or a part of all, is no moment.
    if !amounts.isEmpty, isSigned || word.last == "%" { return !digits.isEmpty || word.count == 1 }
    let bare = word.lowercased().hasSuffix("kb") ? String(word.dropLast(2)) : word
    guard bare.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ",") }), let number = UInt64(digits)
    else { return false }
    if bare.count < word.count { unit = "kB" }
    amounts.append(number)
    return true
  }

  private static let units: Set<String> = ["kb", "kib", "k"]

  /// The words of a line, without the strokes of a table.
  static func words(_ line: Span<UInt8>) -> [String] {
    let text: [Substring] = line.words.split { $0.isWhitespace || $0 == "|" || $0 == ";" }
    return text.map { String($0.trimming { "*`\"'".contains($0) }) }.filter { !$0.isEmpty }
  }
}

/// A run of such rows.
private struct ColumnTable {
  let range: Range<Int>
  let titles: [String]
  private let rows: [(line: TextLines.Line, row: ColumnRow)]

  /// The table whose first row is the line; nothing where none begins there.
  init?(_ text: TextLines, from first: Int) {
    guard let row = ColumnRow(bytes: text.lines[first].bytes) else { return nil }
    var rows = [(text.lines[first], row)]
    var end = first + 1
    while end < text.lines.count {
      let line = text.lines[end]
      if let next = ColumnRow(bytes: line.bytes) {
        rows.append((line, next))
      } else if !line.bytes.isRuleOrBlank {
        break
      }
      end += 1
    }
    while text.lines[end - 1].bytes.isRuleOrBlank { end -= 1 }
    let count = rows.map(\.1.amounts.count).min() ?? 0
    let head = Self.head(text, above: first)
    guard rows.count >= 3, count == rows.map(\.1.amounts.count).max(),
      let columns = Self.columns(rows.map(\.1), count, head)
    else { return nil }
    titles = columns
    range = first..<end
    self.rows = rows
  }

  /// The line behind a table of nodes, whose first row is the line; nothing where it isn't.
  ///
  /// A later row of it would have the one above for its heading.
  static func endOfNodes(_ text: TextLines, from first: Int) -> Int? {
    guard ColumnRow(bytes: text.lines[first].bytes) != nil,
      namesNodes(head(text, above: first))
    else { return nil }
    return text.lines[first...].firstIndex {
      ColumnRow(bytes: $0.bytes) == nil && !$0.bytes.isRuleOrBlank
    } ?? text.lines.count
  }

  private static func namesNodes(_ head: [String]) -> Bool {
    head.map { $0.lowercased() }.contains {
      $0.hasPrefix("node") || $0 == "total" || $0 == "sum"
    }
  }

  /// The words of the heading, where one stands just above.
  private static func head(_ text: TextLines, above first: Int) -> [String] {
    var index = first - 1
    while index >= 0, first - index <= 2, text.lines[index].bytes.isRuleOrBlank { index -= 1 }
    guard index >= 0, first - index <= 3, text.lines[index].bytes.count < 300 else { return [] }
    let bytes = text.lines[index].bytes
    return ColumnRow.words(bytes.span)
  }

  /// The titles of the columns that are moments; nothing where columns may be something else.
  ///
  /// Columns of nodes and their sum are no moments, and a last column that is the difference of those
  /// before it is none either.
  private static func columns(_ rows: [ColumnRow], _ count: Int, _ head: [String]) -> [String]? {
    guard !namesNodes(head) else { return nil }
    func isAll(_ fits: ([UInt64]) -> Bool) -> Bool { rows.allSatisfy { fits($0.amounts) } }
    var moments = count
    if count == 3 {
      if isAll({ $0[2] == $0[0] &+ $0[1] }) { return nil }
      if isAll({ $0[2] == max($0[0], $0[1]) - min($0[0], $0[1]) }) { moments = 2 }
    }
    let names = head.filter { !["kb", "kib", "(kb)", "(kib)"].contains($0.lowercased()) }
    // The first title is that of the names, where there is one.
    let titles = names.count > count ? Array(names.suffix(count)) : names
    let isTitled = names.count == count || names.count == count + 1
    // Without a heading side by side may be anything, but two amounts of each of many names.
    guard isTitled || head.isEmpty && rows.count >= 5 || rows.count >= 8 else { return nil }
    return (0..<moments).map { isTitled ? titles[$0] : "column \($0 + 1)" }
  }

  /// The lines of each column, one below the other.
  var lines: [TextLines.Line] {
    var result: [TextLines.Line] = []
    for (column, title) in titles.enumerated() {
      let first = rows[0].line
      result.append(TextLines.Line(bytes: Array("\(title):".utf8), number: first.number))
      for (line, row) in rows {
        let unit = MeminfoRow.isCount(row.name) ? "" : " \(row.unit ?? "kB")"
        let text = "\(row.name): \(row.amounts[column])\(unit)"
        result.append(line.saying(text.utf8))
      }
    }
    return result
  }
}

extension [UInt8] {
  /// Whether the line is blank, or the rule below the heading of a table.
  fileprivate var isRuleOrBlank: Bool {
    allSatisfy { Ascii.isBlank($0) || "|-+=:".utf8.contains($0) }
  }
}
