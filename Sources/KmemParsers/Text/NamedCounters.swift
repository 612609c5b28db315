/// Lines of a name and a number each, as files of control groups have them.
struct NamedCounters: Hashable, Sendable {
  struct Entry: Hashable, Sendable {
    let name: String
    let value: UInt64
  }

  private var names: [String] = []
  private var values: [UInt64] = []
  private(set) var remarks: [Remark] = []
  private var positions: [String: Int] = [:]

  /// Takes the names from the counters of another group if the text has the very same: thousands of
  /// groups have them, and to learn them anew took four fifths of the time.
  ///
  /// - Throws: `ParseError` if no line of the text has that form.
  init(_ text: Span<UInt8>, like other: NamedCounters?, file: String, example: String)
    throws(ParseError)
  {
    if let other, let values = other.values(in: text) {
      names = other.names
      positions = other.positions
      self.values = values
    } else if let mended = spacesForNoBreakSpaces(in: text) {
      read(mended.span)
    } else {
      read(text)
    }
    guard !values.isEmpty else { throw noLine(of: file, in: text, example: example) }
  }

  /// The value of that name, if it is there.
  subscript(name: String) -> UInt64? { positions[name].map { values[$0] } }

  /// The names and values in the file's order.
  var entries: [Entry] { zip(names, values).map { Entry(name: $0, value: $1) } }

  /// The values of these names, if the text has them all in this order and nothing else: a name, a space,
  /// a number of at most 19 digits, which can't overflow, and the end of the line.
  private func values(in text: Span<UInt8>) -> [UInt64]? {
    var values: [UInt64] = []
    values.reserveCapacity(names.count)
    var offset = 0
    for name in names {
      let length = name.utf8.count
      guard offset + length < text.count, text[offset + length] == Ascii.space,
        text.extracting(offset..<(offset + length)).equals(name.utf8.span)
      else { return nil }
      let start = offset + length + 1
      var (value, end) = (UInt64(0), start)
      while end < text.count, Ascii.isDigit(text[end]), end - start < 19 {
        value = value &* 10 &+ UInt64(text[end] &- UInt8(ascii: "0"))
        end += 1
      }
      guard end > start, end < text.count, text[end] == Ascii.newline else { return nil }
      values.append(value)
      offset = end + 1
    }
    return offset == text.count ? values : nil
  }

  private mutating func read(_ text: Span<UInt8>) {
    var lines = Lines(text)
    while let line = lines.next() {
      var fields = Fields(line)
      guard let name = fields.next() else { continue }
      guard let number = fields.next(), fields.isAtEnd, name.isCounterName else {
        remarks.note(
          line: lines.number, "no line of this file: it isn't one name and one number")
        continue
      }
      guard let value = number.decimal else {
        remarks.note(
          line: lines.number, "\(name.text) has a value that isn't a 64-bit number")
        continue
      }
      add(Entry(name: name.text, value: value), line: lines.number)
    }
  }

  private mutating func add(_ entry: Entry, line: Int) {
    guard positions[entry.name] == nil else {
      return remarks.note(line: line, "\(entry.name) occurs again; the first one counts")
    }
    positions[entry.name] = values.count
    names.append(entry.name)
    values.append(entry.value)
  }
}
