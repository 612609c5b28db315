/// The slab caches as `slabtop` of procps prints them: its screen, or what `slabtop -o` writes.
///
/// A screen has as many caches as the terminal has lines, `-o` of procps up to 3.3.9 has 47. Sizes of
/// objects are in K with two decimals; what caches hold is in whole K, and slabs are whole pages, so
/// that it is exact. The slabtop of uutils prints them without the K.
package struct Slabtop: Hashable, Sendable {
  /// One row.
  package struct Cache: Hashable, Sendable {
    /// The cache's name, as slabinfo has it.
    package internal(set) var name: String
    /// All objects, in use or free.
    package let objects: UInt64
    /// Objects in use.
    package let activeObjects: UInt64
    /// The size of an object.
    package let objectSize: PrintedAmount
    /// All slabs.
    package let slabs: UInt64
    /// The objects of a slab made now.
    package let objectsPerSlab: UInt64
    /// The memory of its slabs.
    package let size: PrintedAmount
  }

  /// The rows in their order; several may have the same name.
  package private(set) var caches: [Cache] = []
  /// How many caches there are, those without objects included; nothing without the lines above the
  /// table.
  package private(set) var cacheCount: UInt64?
  /// What all caches hold; nothing without the lines above the table.
  package private(set) var total: PrintedAmount?
  /// What was passed over.
  package private(set) var remarks: [Remark] = []

  /// Parses one screen; of several that follow each other the last counts.
  ///
  /// - Throws: `ParseError` if no line of the text is a row, nor one of the lines above the table.
  package init(parsing text: Span<UInt8>) throws(ParseError) {
    self = try withPlainSpaces(text, Self.init(parsingClean:))
  }
}

extension Slabtop: ParsedFile {
  /// The form's declaration.
  package static let file = KernelFile(
    "text/slabtop", words: "slabtop",
    example: "734506 734506 100%    0.06K  11476       64     45904K ebitmap_node",
    nameWord: "slabtop",
    marks: [
      TextMark(.unmistakable, within: "Active / Total Objects (% used)"),
      TextMark(.unmistakable, within: "OBJ/SLAB CACHE SIZE NAME"),
    ], secrets: .slabNames, isLive: false, limit: 16 << 20)
}

extension Slabtop {
  private init(parsingClean text: Span<UInt8>) throws(ParseError) {
    var lines = Lines(text)
    while let line = lines.next() {
      let line = line.trimmed()
      guard !line.isEmpty else { continue }
      if line.starts(with: "Active / Total Objects") || line.starts(with: "OBJS ACTIVE") {
        beginTable(line: lines.number)
      } else if line.starts(with: "Active / Total Caches") {
        cacheCount = Self.second(line)?.decimal
      } else if line.starts(with: "Active / Total Size") {
        if let size = Self.second(line) { total = PrintedAmount(size) }
      } else if let cache = Cache(line) {
        caches.append(cache)
      } else if !line.isCommand("slabtop"), !line.starts(with: "Active / "),
        !line.starts(with: "Minimum / Average")
      {
        remarks.noteStray(line: lines.number, "no row of slabtop", line)
      }
    }
    markCutName()
    guard !caches.isEmpty || total != nil else { throw Self.file.refusal(of: text) }
  }

  /// The beginning of a name that all kernels have is no cache's: the table was cut in its last row.
  private mutating func markCutName() {
    guard let last = caches.last, last.name.utf8.count > 2, "kmalloc-".hasPrefix(last.name) else {
      return
    }
    remarks.note(line: 0, "the last row is cut within the cache's name: \(last.name)…")
    caches[caches.count - 1].name += "…"
  }

  private mutating func beginTable(line: Int) {
    guard !caches.isEmpty else { return }
    remarks.note(line: line, "the table begins again; the last one counts")
    caches.removeAll()
  }

  /// The second of two values behind a colon: `1 / 2 (50.0%)`.
  @_lifetime(copy line)
  private static func second(_ line: Span<UInt8>) -> Span<UInt8>? {
    guard let colon = line.offset(of: ":") else { return nil }
    var fields = Fields(line.extracting((colon + 1)..<line.count))
    guard fields.next() != nil, let slash = fields.next(), slash.equals("/") else { return nil }
    return fields.next()
  }
}

extension Slabtop.Cache {
  /// Reads a row: two numbers, a percentage, the size of an object, two numbers, what the cache holds,
  /// and the name.
  init?(_ line: Span<UInt8>) {
    var fields = Fields(line)
    guard let objects = fields.nextDecimal(), let active = fields.nextDecimal(),
      let use = fields.next(), use[use.count - 1] == UInt8(ascii: "%"),
      let objectSize = fields.nextAmount(), let slabs = fields.nextDecimal(),
      let objectsPerSlab = fields.nextDecimal(), let size = fields.nextAmount(unit: 1024),
      !fields.rest.isEmpty
    else { return nil }
    self.init(
      name: fields.rest.text, objects: objects, activeObjects: active, objectSize: objectSize,
      slabs: slabs, objectsPerSlab: objectsPerSlab, size: size)
  }
}

extension Slabtop {
  /// What an unlisted cache may hold at most, in bytes: what all hold less what the rows hold, and no
  /// more than the last row where the rows are sorted by what they hold.
  ///
  /// Nothing where the lines above the table are missing.
  package var unlisted: Int64? {
    guard let total else { return nil }
    var (rest, isOver) = total.bytes.addingReportingOverflow(total.error)
    guard !isOver else { return nil }
    for cache in caches {
      let (less, overflow) = rest.subtractingReportingOverflow(cache.size.bytes)
      guard !overflow else { return nil }
      rest = less
    }
    let sizes = caches.map(\.size.bytes)
    let isSorted = sizes.count > 2 && zip(sizes, sizes.dropFirst()).allSatisfy { $0 >= $1 }
    return max(0, isSorted ? min(rest, sizes[sizes.count - 1]) : rest)
  }
}
