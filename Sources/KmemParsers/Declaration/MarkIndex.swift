/// A file whose lines are told by its marks alone.
///
/// Of a text each line is looked at, and most have no mark: those of all such files are looked for at
/// once.
package protocol ToldByMarks: ParsedFile {}

/// Finds the marks of several files in one pass over a line.
package struct MarkIndex: Sendable {
  /// The marks by their first byte, each with the place of its file.
  private let marks: [(bytes: [UInt8], file: Int)]
  /// Where those of a first byte lie among them.
  private let ranges: [Range<Int>]
  /// Those at the beginning of a line.
  private let beginnings: [(bytes: [UInt8], file: Int)]

  /// The marks of those files that are told by them; no more than 64 files.
  package init(_ files: [any ParsedFile.Type]) {
    let all = files.prefix(64).enumerated().filter { $0.element is any ToldByMarks.Type }.flatMap {
      file in
      file.element.file.marks.filter { $0.rank != .weak }.map { (file.offset, $0.bytes) }
    }
    beginnings = all.filter { $0.1.first == Ascii.newline }.map { (Array($0.1.dropFirst()), $0.0) }
    let within = (0..<256).map { byte in
      all.filter { $0.1.first == UInt8(byte) && UInt8(byte) != Ascii.newline }
    }
    marks = within.flatMap { $0.map { ($0.1, $0.0) } }
    var start = 0
    ranges = within.map { found in
      defer { start += found.count }
      return start..<(start + found.count)
    }
  }

  /// The files of which a line, given without its end, has a mark: a bit for each, the first one lowest.
  package func files(in line: Span<UInt8>) -> UInt64 {
    var found: UInt64 = 0
    for mark in beginnings where line.holds(mark.bytes, at: 0) { found |= 1 << UInt64(mark.file) }
    let ranges = ranges.span
    for index in line.indices {
      let range = ranges[Int(line[index])]
      guard !range.isEmpty else { continue }
      for place in range where line.holds(marks[place].bytes, at: index) {
        found |= 1 << UInt64(marks[place].file)
      }
    }
    return found
  }
}

extension Span<UInt8> {
  /// Whether the bytes stand at the offset.
  fileprivate func holds(_ bytes: [UInt8], at offset: Int) -> Bool {
    guard bytes.count <= count - offset else { return false }
    let expected = bytes.span
    for index in expected.indices where expected[index] != self[offset &+ index] { return false }
    return true
  }
}
