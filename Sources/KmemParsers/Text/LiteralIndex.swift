/// Tells in one pass whether any of several literals is in a line.
///
/// Each is looked for by its rarest byte, so that most bytes of a log need one look at a table.
package struct LiteralIndex: Sendable {
  private struct Entry: Sendable {
    let literal: StaticString
    /// Where the rarest byte stands in it.
    let place: Int
  }

  private let entries: [Entry]
  /// Where those with a rarest byte lie among them.
  private let ranges: [Range<Int>]

  /// An index of those literals, none of which is empty.
  package init(_ literals: [StaticString]) {
    let all = literals.map { literal in
      let bytes = literal.withUTF8Buffer { unsafe Array($0) }
      let place = bytes.indices.min { Self.weight(bytes[$0]) < Self.weight(bytes[$1]) } ?? 0
      return (byte: Int(bytes[place]), entry: Entry(literal: literal, place: place))
    }.sorted { $0.byte < $1.byte }
    entries = all.map(\.entry)
    var start = 0
    ranges = (0..<256).map { byte in
      let count = all.count { $0.byte == byte }
      defer { start += count }
      return start..<(start + count)
    }
  }

  /// Whether one of them is in the line.
  package func isAny(in line: Span<UInt8>) -> Bool {
    let ranges = ranges.span
    let entries = entries.span
    for index in line.indices {
      let range = ranges[Int(line[index])]
      guard !range.isEmpty else { continue }
      for number in range
      where line.holds(entries[number].literal, at: index &- entries[number].place) { return true }
    }
    return false
  }

  /// How common a byte is in logs, roughly.
  private static func weight(_ byte: UInt8) -> Int {
    commonest.firstIndex(of: byte).map { commonest.count - $0 } ?? 0
  }

  private static let commonest = Array(" 0e1t2oainrs3d45c6789lmupf:hbgyk_w.vx-/,[]()".utf8)
}
