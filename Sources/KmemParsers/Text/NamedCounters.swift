/// Lines of a name and a number each, as files of control groups have them.
struct NamedCounters: Hashable, Sendable {
  struct Entry: Hashable, Sendable {
    let name: String
    let value: UInt64
  }

  private(set) var entries: [Entry] = []
  private(set) var remarks: [Remark] = []
  private var positions: [String: Int] = [:]

  /// - Throws: `ParseError` if no line of the text has that form.
  init(_ text: Span<UInt8>, file: String, example: String) throws(ParseError) {
    if let mended = spacesForNoBreakSpaces(in: text) {
      read(mended.span)
    } else {
      read(text)
    }
    guard !entries.isEmpty else { throw noLine(of: file, in: text, example: example) }
  }

  /// The value of that name, if it is there.
  subscript(name: String) -> UInt64? { positions[name].map { entries[$0].value } }

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
    positions[entry.name] = entries.count
    entries.append(entry)
  }
}
