internal import KmemParsers

/// Logs and tables whose lines a web page, a chat or an editor put into one.
///
/// Each line begins again where a known one does: at the stamps of a log, at the words of the kernel's
/// reports on memory, at the rows of tables by their shape.
enum JoinedLines {
  /// Lines that are shorter have none in them that would be missed, but for the table of `free`.
  private static let shortest = 90

  /// Whether the line, which has that anchor, may hold several.
  static func isJoined(_ line: Span<UInt8>, _ anchor: Anchor?) -> Bool {
    line.count >= shortest ? !starts(line, anchor).isEmpty : FreeInOne(line) != nil
  }

  static func mend(_ text: inout TextLines) {
    var index = 0
    while index < text.lines.count {
      let line = text.lines[index].bytes
      let offsets =
        line.count >= shortest ? starts(line.span) : FreeInOne(line.span)?.starts ?? []
      if !offsets.isEmpty {
        let count = text.lines.count
        text.part(index, at: offsets, .joined)
        let last = index + text.lines.count - count
        if line.span.offset(of: "pages free ") != nil { indent(&text, index...last) }
        index = last
      }
      index += 1
    }
  }

  /// Puts the blanks before a zone's lines that tell them from those of `/proc/vmstat`.
  private static func indent(_ text: inout TextLines, _ range: ClosedRange<Int>) {
    for index in range {
      let line = text.lines[index].bytes
      if !line.starts(with: "Node ".utf8) { text.lines[index].bytes = Array("    ".utf8) + line }
    }
  }

  /// Where the last of the lines begins that stand in one; nothing where they don't.
  static func lastStart(_ line: Span<UInt8>) -> Int? { starts(line).last }

  /// Where lines begin behind the first; empty where there are too few of a kind.
  private static func starts(_ line: Span<UInt8>) -> [Int] { starts(line, Anchor(line)) }

  private static func starts(_ line: Span<UInt8>, _ anchor: Anchor?) -> [Int] {
    let logged = JoinedLog.starts(line)
    if logged.count >= 3 { return logged.filter { $0 > 0 } }
    let reported = JoinedReport.starts(line)
    if reported.count >= 3 { return reported.filter { $0 > 0 } }
    let rows = JoinedRows(line, from: anchor).starts
    if rows.count >= 2 { return rows.filter { $0 > 0 } }
    return FreeInOne(line)?.starts ?? []
  }
}

/// The stamps of a log, each of which begins a line.
private struct JoinedLog {
  private var starts: [Int] = []
  /// Seconds of the last stamp of the kernel's own.
  private var last = 0.0

  static func starts(_ line: Span<UInt8>) -> [Int] {
    var log = JoinedLog()
    if line.mayHoldStamps { log.read(line) }
    return log.starts
  }

  private mutating func read(_ line: Span<UInt8>) {
    var offset = 0
    while offset < line.count {
      if let end = stamp(line, offset) {
        starts.append(offset)
        // The kernel's own stamp stands behind that of the log.
        offset = line.offsetOfNonBlank(from: end)
        if offset < line.count, let own = bracket(line, offset) { offset = own }
      }
      let end = line.offsetOfBlank(from: offset)
      offset =
        stampInWord(line, (offset + 1)..<max(end, offset + 1)) ?? line.offsetOfNonBlank(from: end)
    }
  }

  /// Where a stamp begins in a word to which it was glued: `failcnt 77[193038.106480] memory+swap:`.
  private func stampInWord(_ line: Span<UInt8>, _ word: Range<Int>) -> Int? {
    word.first { index in
      var log = self
      return index < line.count && line[index] == UInt8(ascii: "[")
        && log.bracket(line, index) != nil
    }
  }

  /// Where a stamp that begins at the offset ends; nothing where none does.
  private mutating func stamp(_ line: Span<UInt8>, _ start: Int) -> Int? {
    let first = start + (line.level(at: start) ?? 0)
    guard first < line.count else { return nil }
    if line[first] == UInt8(ascii: "[") { return bracket(line, first) }
    // `Nov 22 18:40:12 db1 kernel:` and `2026-11-22T18:40:12+01:00 db1 kernel:`.
    guard line[first] &- UInt8(ascii: "A") < 26 || Ascii.isDigit(line[first]) else { return nil }
    let soon = line.extracting(first..<min(line.count, first + 120))
    guard soon.logHost != nil, let tag = soon.offset(of: ": ") else { return nil }
    return first + tag + 1
  }

  /// `[   12.345678]`, `[Tue Jul 29 04:00:02 2025]`.
  private mutating func bracket(_ line: Span<UInt8>, _ start: Int) -> Int? {
    guard line[start] == UInt8(ascii: "[") else { return nil }
    let soon = line.extracting((start + 1)..<min(line.count, start + 40))
    let end = soon.offset(ofByte: UInt8(ascii: "]"))
    guard end < soon.count else { return nil }
    let inner = soon.extracting(0..<end)
    if let seconds = inner.stampedSeconds {
      // Times that go back are words of a message; two processors may differ a little.
      guard seconds > last - 1 else { return nil }
      last = max(last, seconds)
      return start + end + 2
    }
    return inner.isDate ? start + end + 2 : nil
  }
}

extension Span<UInt8> {
  /// Whether three stamps may stand in the line: a bracket or a program's name ends each.
  fileprivate var mayHoldStamps: Bool {
    var signs = 0
    for index in indices {
      let byte = self[index]
      if byte == UInt8(ascii: "[") || byte == Ascii.colon && holds(" ", at: index &+ 1) {
        signs &+= 1
        if signs == 3 { return true }
      }
    }
    return false
  }

  /// How long a level is that stands there, `<4>`.
  fileprivate func level(at start: Int) -> Int? {
    guard count > start + 3, self[start] == UInt8(ascii: "<") else { return nil }
    let end = extracting(start..<Swift.min(count, start + 6)).offset(ofByte: UInt8(ascii: ">"))
    return end < 5 && extracting((start + 1)..<(start + end)).decimal != nil ? end + 1 : nil
  }

  /// Whether it is a date as `dmesg -T` prints it: `Tue Jul 29 04:00:02 2025`.
  fileprivate var isDate: Bool {
    count == 24 && self[13] == Ascii.colon && self[16] == Ascii.colon && self[3] == Ascii.space
  }
}

/// The table of `free` in one line.
private struct FreeInOne {
  let starts: [Int]

  /// Nothing where the line isn't such a table: its heading, and a row behind it.
  init?(_ line: Span<UInt8>) {
    guard line.count >= 60, line.count < 800, let memory = line.offset(of: "Mem: "),
      let heading = line.offset(of: "total "), heading < memory,
      let used = line.offset(of: "used ", from: heading), used < memory
    else { return nil }
    var starts = heading > 0 ? [heading] : []
    for word: StaticString in ["Mem: ", "-/+ buffers", "Swap: ", "Low: ", "High: ", "Total: "] {
      if let place = line.offset(of: word, from: heading) { starts.append(place) }
    }
    // A prompt behind the table is none of its row.
    self.starts = starts.sorted()
  }
}
