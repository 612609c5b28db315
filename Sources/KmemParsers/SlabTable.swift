/// A table of slab caches under a plain heading, as scripts and spreadsheets make it of slabinfo, and
/// `vmstat -m` prints it.
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
    SlabTableHeading(line) == nil ? nil : .first
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
      if let next = SlabTableHeading(line) {
        heading = next
        guard !caches.isEmpty else { continue }
        remarks.note(line: lines.number, "the table begins again; the last one counts")
        caches.removeAll()
      } else if let cache = heading?.cache(line) {
        caches.append(cache)
      } else {
        remarks.note(line: lines.number, "no row of the table: \(line.text.prefix(40))")
      }
    }
    guard !caches.isEmpty else { throw Self.file.refusal(of: text) }
  }
}

/// The heading of a table of slab caches: where each column stands.
struct SlabTableHeading {
  private enum Column { case name, active, objects, size, perSlab, pages, activeSlabs, slabs }

  private let mark: UInt8
  private var places: [Column: Int] = [:]
  private var count = 0

  /// Nothing for a line that has no name, no objects or no size of them.
  init?(_ line: Span<UInt8>) {
    guard line.count < 400 else { return nil }
    if line.isHeadingOfVmstat {
      (mark, count) = (Ascii.space, 5)
      // What it calls pages are the objects of a slab (vmstat.c of procps).
      places = [.name: 0, .active: 1, .objects: 2, .size: 3, .perSlab: 4]
      return
    }
    // A line without these words is none, and most lines are.
    guard line.offset(of: "obj") != nil || line.offset(of: "Obj") != nil else { return nil }
    mark = TableCells.mark(of: line) ?? Ascii.space
    var cells = TableCells(line, mark)
    while let cell = cells.next(line) {
      if let column = Self.column(line.extracting(cell)) {
        guard places[column] == nil else { return nil }
        places[column] = count
      }
      count += 1
    }
    guard places[.name] != nil, places[.size] != nil,
      places[.objects] != nil || places[.active] != nil
    else { return nil }
  }

  private static let names: [String: Column] = [
    "name": .name, "cache": .name, "cache_name": .name, "slab": .name, "slab_name": .name,
    "active_objs": .active, "active_objects": .active, "active_obj": .active, "active": .active,
    "num_objs": .objects, "objs": .objects, "objects": .objects, "num_objects": .objects,
    "total_objs": .objects, "total_objects": .objects, "total": .objects,
    "objsize": .size, "obj_size": .size, "object_size": .size, "objsize_(bytes)": .size,
    "objperslab": .perSlab, "obj_per_slab": .perSlab, "objs_per_slab": .perSlab,
    "pagesperslab": .pages, "pages_per_slab": .pages, "active_slabs": .activeSlabs,
    "num_slabs": .slabs, "slabs": .slabs, "total_slabs": .slabs,
  ]

  private static func column(_ cell: Span<UInt8>) -> Column? {
    guard !cell.isEmpty, cell.count <= 20 else { return nil }
    var name: [UInt8] = []
    for index in cell.indices {
      let byte = cell[index]
      let isGap = byte == Ascii.space || byte == UInt8(ascii: "-")
      name.append(isGap ? UInt8(ascii: "_") : byte &- 0x41 < 26 ? byte | 0x20 : byte)
    }
    return names[String(decoding: name, as: UTF8.self)]
  }

  /// The cache of a row; nothing if the line is no row of the table.
  func cache(_ line: Span<UInt8>) -> Slabinfo.Cache? {
    var values: [Column: UInt64] = [:]
    var name: String?
    var cells = TableCells(line, mark)
    var place = 0
    while let cell = cells.next(line) {
      let text = line.extracting(cell)
      if places[.name] == place { name = text.isEmpty ? nil : text.text }
      for (column, at) in places where at == place && column != .name {
        guard let number = text.cellNumber else { return nil }
        values[column] = number
      }
      place += 1
    }
    guard let name, values.count == places.count - 1 else { return nil }
    return Self.cache(name, values)
  }

  private static func cache(_ name: String, _ values: [Column: UInt64]) -> Slabinfo.Cache? {
    let objects = values[.objects] ?? values[.active] ?? 0
    let size = values[.size] ?? 0
    let perSlab = values[.perSlab] ?? 0
    let slabs = values[.slabs] ?? (perSlab > 0 ? objects / perSlab + min(1, objects % perSlab) : 0)
    let pages = slabs > 0 ? values[.pages] : nil
    let (bytes, overflow) = objects.multipliedReportingOverflow(by: size)
    guard !overflow, let bytes = Int64(exactly: bytes), let objectSize = Int64(exactly: size) else {
      return nil
    }
    var cache = Slabinfo.Cache(
      name: name, activeObjects: values[.active] ?? objects, objects: objects, objectSize: size,
      objectsPerSlab: perSlab, pagesPerSlab: pages ?? 0, limit: 0, batchCount: 0, sharedFactor: 0,
      activeSlabs: values[.activeSlabs] ?? slabs, slabs: slabs, sharedAvailable: 0,
      globalStatistics: [], processorStatistics: [])
    if pages == nil {
      // calculate_order() of mm/slub.c lets no slab waste more than a quarter.
      cache.printed = Slabinfo.Printed(
        size: PrintedAmount(bytes: bytes, error: bytes / 3),
        objectSize: PrintedAmount(bytes: objectSize))
    }
    return cache
  }
}

/// The cells of a line of a table, without what stands around their words.
struct TableCells {
  private let mark: UInt8
  private var start: Int
  private let end: Int
  private var isAtEnd = false

  init(_ line: Span<UInt8>, _ mark: UInt8) {
    self.mark = mark
    let stroke = UInt8(ascii: "|")
    var (first, last) = (line.offsetOfNonBlank(from: 0), line.count)
    while last > first, Ascii.isBlank(line[last - 1]) { last -= 1 }
    if mark == stroke, first < last, line[first] == stroke { first += 1 }
    if mark == stroke, first < last, line[last - 1] == stroke { last -= 1 }
    (start, end) = (first, last)
  }

  /// What parts the cells of a line: a stroke, a tabulator, a semicolon or a comma; nothing where there
  /// are less than two of one.
  static func mark(of line: Span<UInt8>) -> UInt8? {
    for mark in [UInt8(ascii: "|"), Ascii.tab, UInt8(ascii: ";"), Ascii.comma] {
      var count = 0
      for index in line.indices where line[index] == mark { count += 1 }
      if count >= 2 { return mark }
    }
    return nil
  }

  /// Where the words of the next cell of the line are.
  mutating func next(_ line: Span<UInt8>) -> Range<Int>? {
    if mark == Ascii.space {
      while start < end, Ascii.isBlank(line[start]) { start += 1 }
      isAtEnd = start >= end
    }
    guard !isAtEnd else { return nil }
    let first = start
    var stop = first
    var isQuoted = false
    while stop < end, isQuoted || !isEnd(line[stop]) {
      if line[stop] == UInt8(ascii: "\"") { isQuoted.toggle() }
      stop += 1
    }
    isAtEnd = stop >= end
    start = stop + 1
    return Self.bare(line, first..<stop)
  }

  private func isEnd(_ byte: UInt8) -> Bool {
    mark == Ascii.space ? Ascii.isBlank(byte) : byte == mark
  }

  private static func bare(_ line: Span<UInt8>, _ cell: Range<Int>) -> Range<Int> {
    var (start, end) = (cell.lowerBound, cell.upperBound)
    while start < end, isFrame(line[start]) { start += 1 }
    while end > start, isFrame(line[end - 1]) { end -= 1 }
    return start..<end
  }

  private static func isFrame(_ byte: UInt8) -> Bool {
    Ascii.isBlank(byte) || "\"'*`<>".utf8.contains(byte)
  }
}

extension Span<UInt8> {
  /// Whether it is `Cache                       Num  Total   Size  Pages`.
  fileprivate var isHeadingOfVmstat: Bool {
    guard starts(with: "Cache ") else { return false }
    var words = Fields(self)
    return words.next() != nil && words.next()?.equals("Num") == true
      && words.next()?.equals("Total") == true && words.next()?.equals("Size") == true
      && words.next()?.equals("Pages") == true && words.isAtEnd
  }

  /// Whether it is the rule below a heading in Markdown: `|---|---:|`.
  fileprivate var isTableRule: Bool {
    var dashes = 0
    for index in indices {
      switch self[index] {
      case UInt8(ascii: "-"): dashes += 1
      case UInt8(ascii: "|"), UInt8(ascii: ":"), UInt8(ascii: "+"), Ascii.space: continue
      default: return false
      }
    }
    return dashes >= 3
  }

  /// A number with or without marks of thousands.
  fileprivate var cellNumber: UInt64? {
    if let plain = decimal { return plain }
    guard count <= 26 else { return nil }
    var digits: [UInt8] = []
    for index in indices {
      if Ascii.isDigit(self[index]) {
        digits.append(self[index])
      } else if !",.' _".utf8.contains(self[index]) || digits.isEmpty {
        return nil
      }
    }
    // Marks part groups of three digits; what stands elsewhere is a fraction.
    for index in indices where !Ascii.isDigit(self[index]) {
      let next = index + 4
      guard next <= count, next == count || !Ascii.isDigit(self[next]) else { return nil }
    }
    return digits.span.decimal
  }
}
