/// How an event is laid out in the ring buffer, by its file `format` in tracefs.
///
/// Written by `kernel/trace/trace_events.c` to `events/*/*/format`; `header_page` has lines of the same
/// form. Fields move from release to release, so nothing else tells where one is.
package struct EventFormat: Hashable, Sendable {
  /// One field of an event.
  package struct Field: Hashable, Sendable {
    /// The distance from the event's beginning, in bytes.
    package let offset: Int
    /// The length in bytes.
    package let size: Int
    /// Whether the field holds the place of a text (`__data_loc`): its offset in the lower half, its
    /// length in the upper.
    package let isPlace: Bool
  }

  /// The number by which records name the event; nil for `header_page`.
  package let id: Int?
  /// The fields by their names.
  package let fields: [String: Field]

  /// Parses the text of a format file.
  ///
  /// - Throws: `ParseError` if no line of it tells of a field.
  package init(parsing text: Span<UInt8>) throws(ParseError) {
    var (id, fields): (Int?, [String: Field]) = (nil, [:])
    var lines = Lines(text)
    while let line = lines.next() {
      let line = line.trimmed()
      if line.starts(with: "ID:") {
        id = line.extracting(3..<line.count).trimmed().decimal.flatMap { Int(exactly: $0) }
      } else if line.starts(with: "field:"), let field = Self.field(line.text) {
        fields[field.name] = field.field
      }
    }
    guard !fields.isEmpty else {
      throw ParseError(line: 0, reason: "no event's format: no line tells of a field")
    }
    (self.id, self.fields) = (id, fields)
  }

  /// A line such as `field:const void * ptr;	offset:16;	size:8;	signed:0;`.
  private static func field(_ line: String) -> (name: String, field: Field)? {
    let parts = line.split(separator: ";").map { part in
      part.drop { $0 == " " || $0 == "\t" }
    }
    guard parts.count >= 3, let offset = number(parts[1], "offset:"),
      let size = number(parts[2], "size:"),
      let last = parts[0].dropFirst("field:".count).split(separator: " ").last
    else { return nil }
    let name = last.prefix { $0 != "[" }
    let isPlace = parts[0].contains("__data_loc")
    return (String(name), Field(offset: offset, size: size, isPlace: isPlace))
  }

  /// A number within what a page of the ring buffer may have.
  private static func number(_ part: Substring, _ key: String) -> Int? {
    guard part.hasPrefix(key), let number = Int(part.dropFirst(key.count)),
      (0...(1 << 20)).contains(number)
    else { return nil }
    return number
  }
}
