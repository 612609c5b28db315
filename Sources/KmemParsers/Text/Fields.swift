/// Hands out the fields of a line that blanks separate.
package struct Fields: ~Escapable {
  private let line: Span<UInt8>
  /// Where the next field is looked for.
  private(set) var offset = 0

  /// The fields of that line.
  @_lifetime(copy line)
  package init(_ line: Span<UInt8>) { self.line = line }

  /// What has not been handed out yet, without leading blanks.
  var rest: Span<UInt8> {
    @_lifetime(copy self)
    get { line.extracting(min(offset, line.count)..<line.count).trimmed() }
  }

  /// The next field, or nothing at the end of the line.
  @_lifetime(copy self)
  package mutating func next() -> Span<UInt8>? {
    offset = line.offsetOfNonBlank(from: offset)
    guard offset < line.count else { return nil }
    let start = offset
    offset = line.offsetOfBlank(from: start)
    return line.extracting(start..<offset)
  }

  /// Whether only blanks are left.
  var isAtEnd: Bool { line.offsetOfNonBlank(from: offset) >= line.count }

  /// The next field as a decimal number; nothing if it's missing or isn't one.
  mutating func nextDecimal() -> UInt64? { next()?.decimal }
}

extension Span<UInt8> {
  /// What stands between blanks.
  var words: [String] {
    var words: [String] = []
    var fields = Fields(self)
    while let field = fields.next() { words.append(field.text) }
    return words
  }
}
