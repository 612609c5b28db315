internal import KmemParsers

/// Finds what tools put before each line of a run, and takes it off.
///
/// What stands before a line that is known as one of a kernel file is a prefix if another known line
/// has one of the same shape. Lines between such lines that begin so have it too, known or not.
struct Prefixes: Sendable {
  /// What was found in the blocks before, with the blanks that belong to it.
  private var blanks: [PrefixShape: Int] = [:]

  /// The last beginning of a line that was read, with the time and the machine in it.
  private var last: (prefix: String, mark: TimeMark?, machine: String?) = ("", nil, nil)

  /// Lines of something else, such as the second half of a wrapped one, that a run may have between.
  private static let longestGap = 3

  mutating func takeOff(_ text: inout TextLines) {
    Self.partGlued(&text)
    takeOffShapes(&text)
    Self.takeOffIndentation(&text)
  }

  // MARK: Runs of one shape

  private struct Found {
    let shape: PrefixShape
    let isPlain: Bool
  }

  private mutating func takeOffShapes(_ text: inout TextLines) {
    var counts: [PrefixShape: Int] = [:]
    var widths: [PrefixShape: Int] = [:]
    let starts = text.lines.map { Self.start($0.bytes) }
    for (line, start) in zip(text.lines, starts) {
      guard let start, start.end > 0 else { continue }
      let shape = PrefixShape(line.bytes, until: start.end)
      counts[shape, default: 0] += 1
      let width = start.end - Self.lastMark(line.bytes, before: start.end) - start.indentation
      widths[shape] = min(widths[shape] ?? .max, max(0, width))
    }
    for (shape, count) in counts where count >= 2 && blanks.count < 64 {
      blanks[shape] = min(blanks[shape] ?? .max, widths[shape] ?? 0)
    }
    guard !blanks.isEmpty else { return }
    for (index, shape) in runs(text, starts).enumerated() {
      if let shape { takeOff(shape, &text, index) }
    }
  }

  private struct Start {
    /// Where the kernel's own part of the line begins; 0 if nothing is to be taken off.
    let end: Int
    let indentation: Int
  }

  /// Where the line's own part begins, if it is known.
  private static func start(_ bytes: [UInt8]) -> Start? {
    let line = bytes.span
    guard let anchor = Anchor(line) else { return nil }
    let first = line.offsetOfNonBlank(from: 0)
    // No tool puts so much before a line.
    guard first < anchor.start, anchor.start <= 240 else { return Start(end: 0, indentation: 0) }
    guard anchor.isLeak else {
      let isOrnament = anchor.kind == .meminfo && line.isOrnament(first..<anchor.start)
      return Start(end: isOrnament ? 0 : anchor.start, indentation: 0)
    }
    // The reader of reports knows the marks of the kernel's log, and goes by them.
    var start = first
    while start < anchor.start {
      let own = line.extracting(start..<line.count)
      if start == first || own[0].beginsLogMark, LinePrefix(own).end + start >= anchor.start {
        return Start(end: start == first ? 0 : start, indentation: 0)
      }
      start += 1
    }
    return Start(end: anchor.start, indentation: anchor.indentation)
  }

  /// Where the last byte before the offset that isn't blank ends.
  private static func lastMark(_ line: [UInt8], before end: Int) -> Int {
    var end = end
    while end > 0, Ascii.isBlank(line[end - 1]) { end -= 1 }
    return end
  }

  /// The shape that each line's beginning has, as far as the line stands in a run of such lines.
  private func runs(_ text: TextLines, _ starts: [Start?]) -> [PrefixShape?] {
    var shapes: [PrefixShape?] = Array(repeating: nil, count: text.lines.count)
    for index in text.lines.indices {
      guard let start = starts[index], start.end > 0 else { continue }
      let shape = PrefixShape(text.lines[index].bytes, until: start.end)
      if blanks[shape] != nil { shapes[index] = shape }
    }
    extend(&shapes, text, starts, over: Array(shapes.indices), gap: Self.longestGap)
    extend(&shapes, text, starts, over: shapes.indices.reversed(), gap: 0)
    return shapes
  }

  private func extend(
    _ shapes: inout [PrefixShape?], _ text: TextLines, _ starts: [Start?], over indices: [Int],
    gap: Int
  ) {
    var current: PrefixShape?
    var strange = 0
    for index in indices {
      if let shape = shapes[index] {
        current = shape
        strange = 0
      } else if let shape = current, starts[index] == nil,
        shape.end(in: text.lines[index].bytes) != nil
      {
        shapes[index] = shape
        strange = 0
      } else if starts[index]?.end == 0 || strange >= gap {
        current = nil
      } else if !text.lines[index].bytes.isEmpty {
        strange += 1
      }
    }
  }

  private mutating func takeOff(_ shape: PrefixShape, _ text: inout TextLines, _ index: Int) {
    let line = text.lines[index].bytes
    guard var end = shape.end(in: line) else { return }
    let last = end
    while end < line.count, end - last < blanks[shape] ?? 0, Ascii.isBlank(line[end]) { end += 1 }
    let prefix = line.span.extracting(0..<end).trimmed().words
    text.replace(index, by: Array(line[end...]), .prefix(prefix))
    if prefix != self.last.prefix {
      let hasGap =
        end > 0 && Ascii.isBlank(line[end - 1]) || end < line.count && Ascii.isBlank(line[end])
      self.last = (prefix, TimeMark(prefix: prefix), MachineName.before(prefix, hasGap: hasGap))
    }
    text.lines[index].stamp = self.last.mark
    text.lines[index].machine = self.last.machine
  }

  // MARK: Commands

  /// Parts the first line of a file from the command that printed it: `# cat /proc/meminfo MemTotal: …`.
  private static func partGlued(_ text: inout TextLines) {
    for index in text.lines.indices {
      let line = text.lines[index].bytes
      guard let place = line.span.offset(of: "cat "), index + 1 < text.lines.count else { continue }
      var start = Anchor(line.span, from: place + 4)?.start
      if let file = line.span.offset(of: "/proc/meminfoM", from: place) { start = file + 13 }
      guard let start, let next = Anchor(in: text.lines[index + 1].bytes), next.start == 0 else {
        continue
      }
      return text.part(index, at: [start], .gluedPrompt)
    }
  }

  // MARK: Indentation

  /// Takes off the indentation of lines that have none in their file, and of all lines around them.
  private static func takeOffIndentation(_ text: inout TextLines) {
    var index = 0
    while index < text.lines.count {
      guard let width = indentation(text.lines[index].bytes) else {
        index += 1
        continue
      }
      var first = index
      while first > 0, Self.isIndented(text.lines[first - 1].bytes, width) { first -= 1 }
      var end = index
      while end < text.lines.count, Self.isIndented(text.lines[end].bytes, width) { end += 1 }
      for line in first..<end {
        let bytes = text.lines[line].bytes
        text.replace(line, by: Array(bytes[min(width, bytes.count)...]), .indentation)
      }
      index = end
    }
  }

  /// The blanks before a line that has none in its file.
  private static func indentation(_ bytes: [UInt8]) -> Int? {
    let line = bytes.span
    guard let anchor = Anchor(line), anchor.kind == .margin || anchor.kind == .meminfo,
      anchor.start > 0, line.offsetOfNonBlank(from: 0) == anchor.start
    else { return nil }
    return anchor.start
  }
}

extension Prefixes {
  /// Whether the line is blank, or has so many blanks before it.
  private static func isIndented(_ line: [UInt8], _ width: Int) -> Bool {
    let blanks = line.span.offsetOfNonBlank(from: 0)
    return blanks >= width || blanks == line.count
  }
}

extension Span<UInt8> {
  /// Whether nothing stands there but marks of tables, JSON and Markdown.
  func isOrnament(_ range: Range<Int>) -> Bool {
    for index in range where !Ascii.isBlank(self[index]) && !"|\"'{*_`".utf8.contains(self[index]) {
      return false
    }
    return true
  }
}

extension UInt8 {
  /// Whether the kernel's own marks begin so: `[   12.345678] `, `<6>`.
  fileprivate var beginsLogMark: Bool { self == UInt8(ascii: "[") || self == UInt8(ascii: "<") }
}
