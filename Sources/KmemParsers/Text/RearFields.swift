/// Hands out the fields of a line from its end.
struct RearFields: ~Escapable {
  private let line: Span<UInt8>
  /// The offset after what has not been handed out yet.
  private(set) var end: Int

  @_lifetime(copy line)
  init(_ line: Span<UInt8>) {
    self.line = line
    end = line.count
  }

  /// What has not been handed out yet, without blanks at either end.
  var rest: Span<UInt8> {
    @_lifetime(copy self)
    get { line.extracting(0..<end).trimmed() }
  }

  /// The last field as a decimal number; nothing if it's missing or isn't one.
  mutating func nextDecimal() -> UInt64? {
    while end > 0, Ascii.isBlank(line[end - 1]) { end -= 1 }
    var start = end
    while start > 0, !Ascii.isBlank(line[start - 1]) { start -= 1 }
    let field = line.extracting(start..<end)
    end = start
    return field.decimal
  }
}
