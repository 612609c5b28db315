internal import KmemParsers

/// What mail programs and Markdown put around whole lines, whatever the lines are.
enum Quotation {
  static func takeOff(_ text: inout TextLines) {
    takeOffQuotes(&text)
    for index in text.lines.indices {
      let line = text.lines[index].bytes
      if isFence(line) { text.replace(index, by: [], .fence) }
      if let bare = withoutTag(line) { text.replace(index, by: bare, .markup) }
    }
  }

  /// The line without the tag of a forum that is glued to its beginning: `[code]MemTotal: …`.
  ///
  /// Only where a line of a kernel file follows it; a tag behind one is passed over by itself.
  private static func withoutTag(_ line: [UInt8]) -> [UInt8]? {
    for tag: StaticString in ["[code]", "[CODE]", "[pre]", "[quote]", "{code}", "{noformat}"]
    where line.span.starts(with: tag) {
      let bare = Array(line[tag.utf8CodeUnitCount...])
      return Anchor(in: bare)?.start == 0 ? bare : nil
    }
    return nil
  }

  /// A run of lines that begin with `>` is a quotation; a single one is if a kernel file's line follows.
  private static func takeOffQuotes(_ text: inout TextLines) {
    var index = 0
    while index < text.lines.count {
      var end = index
      while end < text.lines.count, depth(text.lines[end].bytes) > 0 { end += 1 }
      if end - index > 1 || end > index && isKnown(text.lines[index].bytes) {
        for line in index..<end {
          let bytes = text.lines[line].bytes
          text.replace(line, by: Array(bytes[depth(bytes)...]), .quote)
        }
      }
      index = max(end, index + 1)
    }
  }

  private static func isKnown(_ line: [UInt8]) -> Bool {
    Anchor(in: line)?.start == line.span.offsetOfNonBlank(from: depth(line))
  }

  /// How many bytes are marks of quotation: `> > `, with one blank behind each.
  private static func depth(_ line: [UInt8]) -> Int {
    var depth = 0
    var index = 0
    while index < line.count {
      let blanks = index
      while index < line.count, line[index] == Ascii.space, index - blanks < 3 { index += 1 }
      guard index < line.count, line[index] == UInt8(ascii: ">") else { break }
      index += 1
      if index < line.count, line[index] == Ascii.space { index += 1 }
      depth = index
    }
    return depth
  }

  private static func isFence(_ bytes: [UInt8]) -> Bool {
    let line = bytes.span
    let start = line.offsetOfNonBlank(from: 0)
    guard line.holds("```", at: start) || line.holds("~~~", at: start) else { return false }
    // Behind the fence stands one word at most, the language.
    let rest = line.extracting(min(start + 3, line.count)..<line.count).trimmed()
    return rest.offsetOfBlank(from: 0) == rest.count && rest.count < 20
  }
}
