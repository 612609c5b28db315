/// Hands out the lines of a text one by one, with their numbers.
///
/// Carriage returns before a newline are dropped. The text ends at its first NUL: copies of sysfs
/// files are padded with them to 4096 bytes. A last line without a newline counts.
struct Lines: ~Escapable {
  private let text: Span<UInt8>
  private var offset = 0
  /// The number of the line handed out last, counted from 1.
  private(set) var number = 0

  @_lifetime(copy text)
  init(_ text: Span<UInt8>) {
    self.text = text.contains(0) ? text.extracting(0..<text.offset(ofByte: 0)) : text
  }

  /// The next line without its end, or nothing after the last.
  @_lifetime(copy self)
  mutating func next() -> Span<UInt8>? {
    guard offset < text.count else { return nil }
    let start = offset
    var end = text.offset(ofByte: Ascii.newline, from: start)
    offset = end + 1
    number += 1
    if end > start, text[end - 1] == Ascii.carriageReturn { end -= 1 }
    return text.extracting(start..<end)
  }
}
