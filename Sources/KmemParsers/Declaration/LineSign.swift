/// How a line that stands by itself tells which kernel file it is of.
package enum LineSign: Hashable, Sendable {
  /// The file begins with it, and has no second line like it.
  case first
  /// Hardly any other text has such a line.
  case row
}

/// What it means that a row of a kernel file comes again in a text.
package enum RowRecurrence: Hashable, Sendable {
  /// One file has each row once: where its first row comes again, another file begins.
  case tells
  /// One file may have a row twice: only rows that come again in the same order, all of them, are
  /// those of another file.
  case mayTell
  /// Rows come again in every file, as frames of stacks do.
  case tellsNothing
}

/// What tells the lines of a kernel file from those around them, in a text that holds more than that
/// file.
package protocol KnownLines {
  /// What the line tells; nothing where it may as well be of another file, or prose.
  static func sign(of line: Span<UInt8>) -> LineSign?

  /// Whether the line, which has no sign, may be one of the file's where it stands among others of
  /// them; nothing where that can't be told by the line alone.
  static func holds(_ line: Span<UInt8>) -> Bool?

  /// What it means that a row comes again.
  static var recurrence: RowRecurrence { get }

  /// How many lines a part of a longer text must have to be taken for the file.
  ///
  /// More than one for a list which is believed for what it doesn't list: of a few lines that
  /// somebody chose, nothing may be concluded so.
  static var fewestLines: Int { get }
}

extension KnownLines where Self: DeclaredFile {
  /// A sign is by default one of the file's marks, the weak ones excepted.
  package static func sign(of line: Span<UInt8>) -> LineSign? { markedSign(of: line) }
  /// By default a line alone tells nothing.
  package static func holds(_ line: Span<UInt8>) -> Bool? { nil }
  /// By default a row may come again.
  package static var recurrence: RowRecurrence { .mayTell }
  /// By default one line suffices.
  package static var fewestLines: Int { 1 }

  /// The sign by the declared marks.
  static func markedSign(of line: Span<UInt8>) -> LineSign? {
    file.marks.contains { $0.rank != .weak && $0.isIn(line) } ? .row : nil
  }
}

extension TextMark {
  /// Whether a line, given without its end, has the mark.
  package func isIn(_ line: Span<UInt8>) -> Bool {
    let mark = bytes.span
    guard !mark.isEmpty else { return true }
    if mark[0] == Ascii.newline {
      return line.count >= mark.count - 1 && line.holds(mark.extracting(1..<mark.count), at: 0)
    }
    // Most lines don't even have the first byte.
    var offset = line.offset(ofByte: mark[0])
    while offset &+ mark.count <= line.count {
      if line.holds(mark, at: offset) { return true }
      offset = line.offset(ofByte: mark[0], from: offset &+ 1)
    }
    return false
  }
}

extension Span<UInt8> {
  /// Whether the bytes, of which there must be enough, stand at the offset.
  fileprivate func holds(_ bytes: Span<UInt8>, at offset: Int) -> Bool {
    for index in bytes.indices where self[offset &+ index] != bytes[index] { return false }
    return true
  }
}
