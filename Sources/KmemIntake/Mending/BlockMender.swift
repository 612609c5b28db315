internal import KmemParsers

/// Mends blocks of lines, one after another.
struct BlockMender: Sendable {
  var notes = MendingNotes()
  /// Lines before the block.
  var lines = 0
  private var encodings = BlockEncodings()
  private var prefixes = Prefixes()
  private var tables = MomentTables()
  /// The times that stood before lines of the last block that was mended.
  private(set) var stamps: [LineStamp] = []

  /// The block mended; nothing if nothing of it was to be mended.
  ///
  /// `isParted` tells that its last line ends with it, although no end of a line stands there.
  mutating func mended(_ block: Span<UInt8>, _ survey: BlockSurvey, isParted: Bool) -> [UInt8]? {
    let hasOnlyReturns = !survey.hasNewlines && block.contains(Ascii.carriageReturn)
    guard survey.isOdd || hasOnlyReturns || encodings.isSure || tables.isOpen
    else { return nil }
    var text = TextLines(block, from: lines + 1, endAtReturns: hasOnlyReturns)
    // What is found counts only if the text turns out to be of the kernel.
    let before = (notes, encodings, prefixes)
    if hasOnlyReturns { text.note(.carriageReturns, 0) }
    encodings.undo(&text)
    Quotation.takeOff(&text)
    JoinedLines.mend(&text)
    prefixes.takeOff(&text)
    tables.mend(&text)
    Languages.mend(&text)
    LeakLine.mend(&text)
    Rows.mend(&text)
    guard text.isMended, text.hasAnchors else {
      (notes, encodings, prefixes) = before
      return nil
    }
    for (mending, line) in text.mendings { notes.note(mending, line: line) }
    stamps = text.stamps
    let endsInNewline = block.count > 0 && block[block.count - 1] == Ascii.newline
    return text.bytes(endsInNewline: endsInNewline || isParted)
  }
}

/// Tables of moments, some of which go on for many blocks below one heading.
private struct MomentTables: Sendable {
  private var rows = MomentRows()
  private var vmstat = VmstatRows()
  private var nmon = NmonRows()

  var isOpen: Bool { rows.isOpen || vmstat.isOpen || nmon.isOpen }

  mutating func mend(_ text: inout TextLines) {
    MetricRows.mend(&text)
    Columns.mend(&text)
    SlabColumns.mend(&text)
    rows.mend(&text)
    vmstat.mend(&text)
    nmon.mend(&text)
  }
}

/// The lines of a block while they are mended.
struct TextLines {
  struct Line {
    var bytes: [UInt8]
    /// Its number in the text as it was.
    let number: Int
    /// The time that a log put before it.
    var stamp: TimeMark?
    /// The machine that a log or a tool put before it.
    var machine: String?

    /// A line with that text in its place: with its number, its time and its machine.
    func saying(_ text: some Sequence<UInt8>) -> Line {
      Line(bytes: Array(text), number: number, stamp: stamp, machine: machine)
    }
  }

  var lines: [Line] = []
  private(set) var mendings: [(mending: Mending, line: Int)] = []
  private var noted: Set<Mending> = []

  init(_ block: Span<UInt8>, from first: Int, endAtReturns: Bool) {
    let mark = endAtReturns ? Ascii.carriageReturn : Ascii.newline
    var start = 0
    while start < block.count {
      let end = block.offset(ofByte: mark, from: start)
      var bytes: [UInt8] = []
      bytes.append(block.extracting(start..<end))
      lines.append(Line(bytes: bytes, number: first + lines.count))
      start = end + 1
    }
  }

  var isMended: Bool { !mendings.isEmpty }

  /// Whether a line is known as one of a kernel file.
  ///
  /// Lines of a program's leak report and of reports on memory count too: encodings hide them just so.
  var hasAnchors: Bool {
    let isDecoded = mendings.contains {
      [Mending.json, .quotedPrintable, .html, .escapes, .markedEnds, .escapedEnds, .nulls]
        .contains($0.mending)
    }
    return mendings.contains {
      switch $0.mending {
      case .slabColumns, .joined, .language: true
      default: false
      }
    }
      || lines.contains {
        Anchor(in: $0.bytes) != nil || ProgramLeakReader.isMark($0.bytes.span)
          || isDecoded && JoinedReport.isOne($0.bytes.span)
      }
  }

  /// Puts lines in the place of the one at an index.
  mutating func replace(_ index: Int, by texts: [[UInt8]]) {
    let line = lines[index]
    lines.replaceSubrange(index...index, with: texts.map(line.saying))
  }

  /// Notes what was done to the line at an index.
  mutating func note(_ mending: Mending, _ index: Int) {
    guard noted.insert(mending).inserted, index < lines.count else { return }
    mendings.append((mending, lines[index].number))
  }

  /// Replaces the line; notes the mending if that makes a difference.
  mutating func replace(_ index: Int, by bytes: [UInt8], _ mending: Mending) {
    guard bytes != lines[index].bytes else { return }
    lines[index].bytes = bytes
    note(mending, index)
  }

  /// Puts what stands behind the offsets on lines of their own, each from an offset on; they must
  /// ascend.
  mutating func part(_ index: Int, at offsets: [Int], _ mending: Mending) {
    let line = lines[index]
    let ends = offsets.dropFirst() + [line.bytes.count]
    var parts = [line]
    parts[0].bytes = Array(line.bytes[..<(offsets.first ?? 0)])
    for (start, end) in zip(offsets, ends) {
      parts.append(
        Line(
          bytes: Array(line.bytes[start..<end]), number: line.number, stamp: line.stamp,
          machine: line.machine))
    }
    lines.replaceSubrange(index...index, with: parts.filter { !$0.bytes.isEmpty })
    note(mending, min(index, lines.count - 1))
  }

  /// Puts the line behind another, and leaves an empty one, so that the lines keep their numbers.
  mutating func join(_ next: Int, to index: Int, between: [UInt8], _ mending: Mending) {
    lines[index].bytes += between + lines[next].bytes
    lines[next].bytes = []
    note(mending, index)
  }

  /// The times and machines that stood before lines.
  var stamps: [LineStamp] {
    lines.indices.compactMap { index in
      let line = lines[index]
      guard line.stamp != nil || line.machine != nil else { return nil }
      return LineStamp(line: index, mark: line.stamp, machine: line.machine)
    }
  }

  /// The lines as text.
  func bytes(endsInNewline: Bool) -> [UInt8] {
    var result: [UInt8] = []
    for line in lines {
      result += line.bytes
      result.append(Ascii.newline)
    }
    if !endsInNewline, !result.isEmpty { result.removeLast() }
    return result
  }
}
