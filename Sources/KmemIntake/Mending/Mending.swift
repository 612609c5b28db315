internal import KmemParsers

/// One kind of what is taken off a text.
enum Mending: Hashable, Sendable {
  case utf16, byteOrderMark, nulls, carriageReturns, escapes, markedEnds, escapedEnds
  case noBreakSpaces, typography
  case quotedPrintable, html, json
  case fence, quote, indentation, markup
  /// What stood before the first of the lines.
  case prefix(String)
  case gluedPrompt
  /// Words of procps in another language than English.
  case language
  case joined, wrapped
  /// The row that its author set in bold or pointed at.
  case emphasis(String)
  case unit(String)
  case lostUnit, separators, thousands
  /// Columns, by their titles, that were put below each other as moments.
  case columns([String])
  /// Columns of counts of slab objects, of which only some caches have a size.
  case slabColumns([String])
  /// Rows of a table that were taken for moments.
  case momentRows

  /// What was done, as words without a full stop.
  var reason: String {
    switch self {
    case .utf16: "the text is UTF-16"
    case .byteOrderMark: "a byte order mark was taken off"
    case .nulls: "NUL bytes were taken out"
    case .carriageReturns: "carriage returns count as ends of lines"
    case .escapes: "escapes of a terminal were taken out"
    case .markedEnds: "the marks of ends and tabs that cat -A prints were taken off"
    case .escapedEnds: "lines that were printed as one string were put back on their own"
    case .noBreakSpaces: "no-break spaces count as spaces"
    case .typography: "typographic marks count as plain ones"
    case .quotedPrintable: "quoted-printable was undone"
    case .html: "tags and entities of HTML were undone"
    case .json: "messages were taken out of JSON"
    case .fence: "code fences were passed over"
    case .quote: "the marks of a quotation were taken off"
    case .indentation: "an indentation of all lines was taken off"
    case .markup: "Markdown was taken off"
    case .prefix(let prefix): "what stands before the lines was taken off, here \"\(prefix)\""
    case .gluedPrompt: "a line that was glued to a command was parted from it"
    case .language: "the columns of free and top were told by their numbers, not by their words"
    case .joined: "lines that stood in one were parted"
    case .wrapped: "wrapped lines were joined"
    case .emphasis(let row): "the text points at this row: \(row)"
    case .unit(let unit): Self.reason(unit: unit)
    case .lostUnit: "amounts without a unit count as kB, in which the kernel prints them"
    case .separators: "names and amounts were told apart without the kernel's colon"
    case .momentRows: "each row of the table was taken for a moment"
    case .slabColumns(let titles):
      "the columns \(titles.map { "\"\($0)\"" }.joined(separator: ", ")) were taken for moments; "
        + "only caches whose names tell the size of an object count"
    case .columns(let titles):
      "the columns \(titles.map { "\"\($0)\"" }.joined(separator: ", ")) were taken for moments, "
        + "one after the other"
    case .thousands: "marks of thousands were taken out of numbers"
    }
  }

  private static func reason(unit: String) -> String {
    switch unit.lowercased().first {
    case "k": "\(unit) counts as kB"
    case "b": "amounts in bytes count as kB, 1024 of them as one"
    default: "\(unit) counts as so many times 1024 kB"
    }
  }

  /// What two mendings have in common that are told once.
  fileprivate var kind: Mending {
    if case .prefix = self { return .prefix("") }
    return self
  }
}

/// What was mended, each kind once.
struct MendingNotes: Sendable {
  private(set) var remarks: [Remark] = []
  private var kinds: Set<Mending> = []

  mutating func note(_ mending: Mending, line: Int) {
    // A text with so many kinds is no text; the rows pointed at are few.
    guard kinds.count < 40, kinds.insert(mending.kind).inserted else { return }
    remarks.append(Remark(line: line, reason: mending.reason))
  }
}
