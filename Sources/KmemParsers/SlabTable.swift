/// A table of slab caches under a plain heading, as scripts and spreadsheets make it of slabinfo, and as
/// `vmstat -m`, `kmem -s` of crash, and ZFS of its own caches print it.
///
/// Its columns are told by their names alone, in any order. Where it lacks the pages of slabs, what a
/// cache holds is what its objects have.
package struct SlabTable: Hashable, Sendable {
  /// The rows in their order.
  package private(set) var caches: [Slabinfo.Cache] = []
  /// What was passed over.
  package private(set) var remarks: [Remark] = []

  /// Parses one table; of several that follow each other the last counts.
  ///
  /// - Throws: `ParseError` if there is no heading with a name, objects and their size, or no row.
  package init(parsing text: Span<UInt8>) throws(ParseError) {
    self = try withPlainSpaces(text, Self.init(parsingClean:))
  }
}

extension SlabTable: ParsedFile {
  /// The form's declaration.
  package static let file = KernelFile(
    "text/slabinfo-table", words: "a table of slab caches",
    example: "name,active_objs,num_objs,objsize", marks: [TextMark(.weak, within: "num_objs,")],
    secrets: .slabNames, isLive: false, limit: 16 << 20)

  /// The heading.
  package static func sign(of line: Span<UInt8>) -> LineSign? {
    if line.isRowOfSPL { return .row }
    return SlabTableHeading(line) == nil ? nil : .first
  }

  /// A row of cells of which two or more are numbers, or the rule below a heading in Markdown.
  package static func holds(_ line: Span<UInt8>) -> Bool? {
    if line.isTableRule { return true }
    guard let mark = TableCells.mark(of: line) ?? (line.count < 200 ? Ascii.space : nil) else {
      return false
    }
    var numbers = 0
    var cells = TableCells(line, mark)
    while let cell = cells.next(line) {
      if line.extracting(cell).cellNumber != nil { numbers += 1 }
    }
    return numbers >= 2
  }

  /// Each cache has one row.
  package static var recurrence: RowRecurrence { .tells }
}

extension SlabTable {
  private init(parsingClean text: Span<UInt8>) throws(ParseError) {
    var heading: SlabTableHeading?
    var lines = Lines(text)
    while let line = lines.next() {
      guard !line.trimmed().isEmpty, !line.isTableRule else { continue }
      if heading == nil, line.isRowOfSPL { heading = SlabTableHeading(line) }
      if !line.isRowOfSPL, let next = SlabTableHeading(line) {
        heading = next
        guard !caches.isEmpty else { continue }
        remarks.note(line: lines.number, "the table begins again; the last one counts")
        caches.removeAll()
      } else if let cache = heading?.cache(line) {
        caches.append(cache)
      } else {
        remarks.noteStray(line: lines.number, "no row of the table", line)
      }
    }
    guard !caches.isEmpty else { throw Self.file.refusal(of: text) }
  }
}
