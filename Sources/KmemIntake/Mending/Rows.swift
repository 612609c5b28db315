internal import KmemParsers

/// Rows of meminfo in other forms, and what their authors put around the rows that matter.
enum Rows {
  static func mend(_ text: inout TextLines) {
    var pointedAt: [(row: String, index: Int)] = []
    var rows = 0
    var index = 0
    while index < text.lines.count {
      let line = text.lines[index].bytes
      if let anchor = Anchor(in: line) {
        rows += 1
        let count = text.lines.count
        let isPointedAt =
          anchor.kind == .meminfo ? mendMeminfo(&text, index) : mendMargin(&text, index, anchor)
        if isPointedAt { pointedAt.append((text.lines[index].bytes.trimmedWords, index)) }
        index += text.lines.count - count
      }
      index += 1
    }
    // Where most rows are in bold, none is the important one.
    guard pointedAt.count * 2 < max(rows, 3) else { return }
    for (row, index) in pointedAt.prefix(8) { text.note(.emphasis(row), index) }
  }

  // MARK: meminfo

  /// Returns whether the text points at the row.
  private static func mendMeminfo(_ text: inout TextLines, _ index: Int) -> Bool {
    let line = text.lines[index].bytes
    let found = Reading(line.span)
    guard let found, !found.rows.isEmpty, !found.isStandard,
      found.rows.count >= 3 || hasNeighbour(text, index)
    else { return false }
    var mended: [[UInt8]] = []
    for row in found.rows {
      guard let bytes = row.text(line.span) else { return false }
      mended.append(line[..<found.node] + bytes)
      for mending in row.mendings { text.note(mending, index) }
      if row.lacksUnit(line.span) { text.note(.lostUnit, index) }
    }
    if found.rows.count > 1 { text.note(.joined, index) }
    if found.hasOrnaments { text.note(.markup, index) }
    if !found.rest.isEmpty { mended.append(found.rest) }
    text.replace(index, by: mended)
    if found.isEmphasised || found.hasTail { text.note(.markup, index) }
    return found.rows.count == 1 && (found.isEmphasised || found.hasTail)
  }

  /// Whether a row of meminfo stands close by: one alone may be anything.
  private static func hasNeighbour(_ text: TextLines, _ index: Int) -> Bool {
    let near = max(0, index - 3)...min(text.lines.count - 1, index + 3)
    return near.contains { $0 != index && Anchor(in: text.lines[$0].bytes)?.kind == .meminfo }
  }

  /// What a line of meminfo holds.
  private struct Reading {
    var rows: [MeminfoRow] = []
    /// Where the node's number ends, which stands before the names in the nodes' files.
    var node = 0
    var hasOrnaments = false
    var isEmphasised = false
    /// Whether somebody wrote something behind the row.
    var hasTail = false
    /// What stands behind the last row and may be a line of its own.
    var rest: [UInt8] = []
    private(set) var isStandard = false

    init?(_ line: Span<UInt8>) {
      guard let anchor = Anchor(line), anchor.kind == .meminfo else { return nil }
      var start = anchor.start
      if line.holds("Node ", at: start) {
        start = line.extracting(start..<line.count).word(at: 2) + start
      }
      guard line.isOrnament(0..<anchor.start) || line.opensObject(0..<anchor.start) else {
        return nil
      }
      node = anchor.start == 0 ? start : 0
      hasOrnaments = line.offsetOfNonBlank(from: 0) < anchor.start
      noteEmphasis(line, 0..<anchor.start)
      while let row = MeminfoRow(line, at: start, isAny: rows.count > 1) {
        rows.append(row)
        noteEmphasis(line, row.name.upperBound..<row.end)
        start = row.end
        while start < line.count, Ascii.isBlank(line[start]) || Self.isOrnament(line[start]) {
          start += 1
        }
        hasOrnaments = hasOrnaments || line.offsetOfNonBlank(from: row.end) < start
        noteEmphasis(line, row.end..<start)
      }
      isStandard = rows.count == 1 && rows[0].isStandard(line) && anchor.start == 0
      if !readRest(line, start) { return nil }
    }

    private static func isOrnament(_ byte: UInt8) -> Bool { "|\"'}*_`,;".utf8.contains(byte) }

    private mutating func noteEmphasis(_ line: Span<UInt8>, _ range: Range<Int>) {
      for index in range where "*_`".utf8.contains(line[index]) { isEmphasised = true }
    }

    /// Reads what stands behind the rows; false if that makes the line something else.
    private mutating func readRest(_ line: Span<UInt8>, _ start: Int) -> Bool {
      guard start < line.count else { return true }
      let tail = line.extracting(start..<line.count)
      if rows.count > 1 {
        rest.append(tail)
        return true
      }
      hasTail = tail.isRemark
      return hasTail
    }
  }

  // MARK: Other files

  /// Takes off a row what is set around it; returns whether the text points at it.
  private static func mendMargin(
    _ text: inout TextLines, _ index: Int, _ anchor: Anchor
  ) -> Bool {
    var line = text.lines[index].bytes
    guard !line.span.isDumpLine else { return false }
    if let arrow = line.span.offset(of: " <-") {
      line.removeSubrange(arrow...)
    }
    if !anchor.isLeak {
      line = line.replacing("**", with: "")
      if line.first == UInt8(ascii: "`"), line.last == UInt8(ascii: "`"), line.count > 2 {
        line = Array(line.dropFirst().dropLast())
      }
    }
    let isPointedAt = line != text.lines[index].bytes
    if anchor.kind == .margin { line = line.withoutColumns.withoutLink }
    text.replace(index, by: line, .markup)
    return isPointedAt
  }
}

extension [UInt8] {
  /// A row of slabinfo without the strokes of a table around its columns.
  fileprivate var withoutColumns: [UInt8] {
    let stroke = UInt8(ascii: "|")
    guard count(where: { $0 == stroke }) > 5 else { return self }
    let row = map { $0 == stroke ? Ascii.space : $0 }
    return Array(row.drop(while: Ascii.isBlank))
  }

  /// A row whose name a web page made a link: `[kmalloc-64](https://…)`.
  fileprivate var withoutLink: [UInt8] {
    guard first == UInt8(ascii: "["), let middle = span.offset(of: "](") else { return self }
    guard let end = self[middle...].firstIndex(of: UInt8(ascii: ")")) else { return self }
    return Array(self[1..<middle] + self[(end + 1)...])
  }
}

extension Span<UInt8> {
  /// Whether an object begins there within others: `{"meminfo": {"`.
  fileprivate func opensObject(_ range: Range<Int>) -> Bool {
    let start = offsetOfNonBlank(from: 0)
    guard start < range.upperBound, self[start] == UInt8(ascii: "{") else { return false }
    for index in range
    where !Ascii.isWord(self[index]) && !Ascii.isBlank(self[index])
      && !"{\":'".utf8.contains(self[index])
    {
      return false
    }
    return true
  }

  /// Whether this is what somebody writes behind a row: an arrow, a comment, something in brackets.
  fileprivate var isRemark: Bool {
    guard count > 1 else { return "!*?".utf8.contains(self[0]) }
    return starts(with: "<") || starts(with: "#") || starts(with: "//") || starts(with: "(")
      || starts(with: "--") || starts(with: "=>") || starts(with: "->") || starts(with: "!")
      || starts(with: "\u{2190}") || starts(with: "\\") || starts(with: "/*")
  }
}
