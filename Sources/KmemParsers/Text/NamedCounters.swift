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

  /// The values of these names, if the text has them all in this order and nothing else.
  private func values(in text: Span<UInt8>) -> [UInt64]? {
    var values: [UInt64] = []
    values.reserveCapacity(names.count)
    var lines = Lines(text)
    while let line = lines.next() {
      var fields = Fields(line)
      guard let name = fields.next() else { continue }
      guard values.count < names.count, name.equals(names[values.count].utf8.span),
        let value = fields.nextDecimal(), fields.isAtEnd
      else { return nil }
      values.append(value)
    }
    return values.count == names.count ? values : nil
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
