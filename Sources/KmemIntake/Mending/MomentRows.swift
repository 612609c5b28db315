internal import KmemParsers

/// Tables that have a column for each of meminfo's names and a row for each moment:
/// `Time | MemAvailable | SUnreclaim`.
///
/// Each row becomes a meminfo of its own, with what its first cells say as the line above.
struct MomentRows: Sendable {
  /// The heading of a table that the last block ended in.
  private var open: MomentRowHeading?

  /// Whether the next block may begin with rows.
  var isOpen: Bool { open != nil }

  mutating func mend(_ text: inout TextLines) {
    var index = 0
    if let heading = open { index = mend(&text, below: -1, heading, fewest: 1) }
    while index < text.lines.count {
      let bytes = text.lines[index].bytes
      guard let heading = MomentRowHeading(bytes.span) else {
        index += 1
        continue
      }
      index = mend(&text, below: index, heading, fewest: 2)
    }
  }

  /// Mends the rows below a line, if there are so many; returns the line behind them.
  private mutating func mend(
    _ text: inout TextLines, below index: Int, _ heading: MomentRowHeading, fewest: Int
  ) -> Int {
    let table = Self.rows(text, below: index, heading)
    open = nil
    guard table.moments >= fewest else { return index + 1 }
    if table.end == text.lines.count { open = heading }
    text.note(.momentRows, max(0, index))
    text.lines.replaceSubrange((index + 1)..<table.end, with: table.lines)
    return index + table.lines.count + 1
  }

  /// Whether the line is the heading of such a table.
  static func isHeading(_ line: Span<UInt8>) -> Bool { MomentRowHeading(line) != nil }

  private static func rows(_ text: TextLines, below first: Int, _ heading: MomentRowHeading) -> (
    lines: [TextLines.Line], moments: Int, end: Int
  ) {
    var lines: [TextLines.Line] = []
    var moments = 0
    var end = first + 1
    while end < text.lines.count {
      let line = text.lines[end]
      if let row = heading.row(line.bytes) {
        moments += 1
        lines += row.map { line.saying($0.utf8) }
      } else if !line.bytes.allSatisfy({ Ascii.isBlank($0) || "|-+=:".utf8.contains($0) }) {
        break
      }
      end += 1
    }
    return (lines, moments, end)
  }
}

/// Where the columns of such a table stand.
private struct MomentRowHeading: Sendable {
  private let mark: UInt8?
  private let count: Int
  private var columns: [(place: Int, name: String, unit: String?)] = []

  /// Nothing for a line that doesn't name two cells, one of them a line of meminfo.
  init?(_ line: Span<UInt8>) {
    guard line.count < 300, !line.contains(Ascii.colon) else { return nil }
    mark = [UInt8(ascii: "|"), Ascii.tab, UInt8(ascii: ";"), Ascii.comma]
      .first { line.contains($0) }
    let cells = Self.cells(line.words, mark)
    count = cells.count
    guard (2...40).contains(count) else { return nil }
    for (place, cell) in cells.enumerated() {
      let words: [Substring] = cell.split { " ()[]".contains($0) }
      guard let name = words.first, words.count <= 2, MeminfoRow.isKnown(String(name)) else {
        // Prose that names a line is no heading.
        if words.count > 3 { return nil }
        continue
      }
      columns.append((place, String(name), words.count > 1 ? String(words[1]) : nil))
    }
    // What tells the moments apart stands before the amounts.
    guard let first = columns.first?.place, first <= 2, columns.count >= max(1, count - 4),
      mark != nil || columns.count >= 2
    else { return nil }
  }

  private static func cells(_ line: String, _ mark: UInt8?) -> [String] {
    guard let mark else { return line.split(whereSeparator: \.isWhitespace).map(String.init) }
    let character = Character(Unicode.Scalar(mark))
    var cells = line.split(separator: character, omittingEmptySubsequences: false)
      .map { String($0.trimming { $0.isWhitespace || "*`\"".contains($0) }) }
    if cells.first?.isEmpty == true { cells.removeFirst() }
    if cells.last?.isEmpty == true { cells.removeLast() }
    return cells
  }

  /// The lines that a row stands for; nothing for a line that is no row.
  func row(_ bytes: [UInt8]) -> [String]? {
    guard bytes.count < 400 else { return nil }
    let cells = Self.cells(String(decoding: bytes, as: UTF8.self), mark)
    guard cells.count == count, let first = columns.first?.place else { return nil }
    var lines = [cells[..<first].joined(separator: " ")]
    for column in columns {
      guard let amount = Self.kilobytes(cells[column.place], column.unit) else { return nil }
      let unit = MeminfoRow.isCount(column.name) ? "" : " kB"
      lines.append("\(column.name): \(amount)\(unit)")
    }
    return lines
  }

  /// An amount in kB: `90.720 kB`, `90720`, `88.6 MB`.
  private static func kilobytes(_ cell: String, _ unit: String?) -> UInt64? {
    let number = cell.prefix { $0.isASCII && ($0.isNumber || ".,'".contains($0)) }
    let own = cell.dropFirst(number.count).trimming(\.isWhitespace).lowercased()
    let small = own.isEmpty ? (unit ?? "").lowercased() : own
    guard let mark = number.first, mark.isNumber else { return nil }
    switch small {
    case "", "kb", "kib", "k":
      let groups: [Substring] = number.split(
        omittingEmptySubsequences: false, whereSeparator: { ".,'".contains($0) })
      guard groups.dropFirst().allSatisfy({ $0.count == 3 }) else { return nil }
      return UInt64(groups.joined())
    case "mb", "mib", "m", "gb", "gib", "g":
      guard let value = Double(number.map { $0 == "," ? "." : String($0) }.joined()), value < 1e9
      else { return nil }
      return UInt64(value * (small.first == "g" ? 1_048_576 : 1024))
    default: return nil
    }
  }
}
