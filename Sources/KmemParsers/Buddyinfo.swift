/// The free blocks of each zone by order, listed in `/proc/buddyinfo`.
///
/// Written by `mm/vmstat.c` (`mm/page_alloc.c` up to 2.6.17), in one format since 2.6.0. Readable
/// by everyone. Only populated zones are listed. Pages on per-CPU lists are not counted.
package struct Buddyinfo: Hashable, Sendable {
  /// The line of one zone.
  package struct Row: Hashable, Sendable {
    /// The number of the NUMA node.
    package let node: Int
    /// The zone's name, such as `Normal`.
    package let zone: String
    /// How many free blocks of 2^order pages there are; the index is the order.
    ///
    /// The number of orders is a matter of the kernel's configuration: 9, 11, 14 and 17 are known.
    package let freeBlocks: [UInt64]
  }

  /// The lines in the file's order; a zone that occurs again stays where it was.
  package private(set) var rows: [Row] = []
  /// What was passed over or mended.
  package private(set) var remarks: [Remark] = []

  /// Parses the contents of the file.
  ///
  /// - Throws: `ParseError` if no line of the text is one of this file's.
  package init(parsing text: Span<UInt8>) throws(ParseError) {
    if let mended = spacesForNoBreakSpaces(in: text) {
      try self.init(parsingClean: mended.span)
    } else {
      try self.init(parsingClean: text)
    }
  }
}

extension Buddyinfo {
  /// The free blocks that a report in a kernel log lists.
  init(rows: [Row]) { self.rows = rows }
}

extension Buddyinfo: ParsedFile {
  /// The file's declaration.
  package static let file = KernelFile(
    "proc/buddyinfo", example: "Node 0, zone   Normal  12  3  1", nameWord: "buddyinfo",
    marks: [TextMark(.usual, line: "Node 0, zone "), TextMark(.usual, line: "Node 1, zone ")])
}

extension Buddyinfo.Row {
  /// The free pages of the zone; nothing if they don't fit 64 bits, which no real zone reaches.
  package var freePages: UInt64? {
    var pages: UInt64 = 0
    for (order, blocks) in freeBlocks.enumerated() where blocks > 0 {
      guard order < UInt64.bitWidth else { return nil }
      let (inOrder, overflow) = blocks.multipliedReportingOverflow(by: 1 << UInt64(order))
      let (sum, carry) = pages.addingReportingOverflow(inOrder)
      guard !overflow, !carry else { return nil }
      pages = sum
    }
    return pages
  }
}

extension Buddyinfo {
  private init(parsingClean text: Span<UInt8>) throws(ParseError) {
    var lines = Lines(text)
    var seen: Set<ZoneKey> = []
    while let line = lines.next() {
      guard !line.trimmed().isEmpty else { continue }
      var fields = Fields(line)
      guard let (node, zone) = fields.nextZone() else {
        remarks.note(line: lines.number, "no line of this file: it doesn't begin with a zone")
        continue
      }
      guard let counts = Self.counts(&fields) else {
        remarks.note(
          line: lines.number, "node \(node), zone \(zone) has a count that isn't a 64-bit number")
        continue
      }
      guard seen.insert(ZoneKey(node: node, zone: zone)).inserted else {
        remarks.note(
          line: lines.number, "node \(node), zone \(zone) occurs again; the first one counts")
        continue
      }
      add(Row(node: node, zone: zone, freeBlocks: counts), line: lines.number)
    }
    guard !rows.isEmpty else {
      throw Self.file.refusal(of: text)
    }
  }

  /// The numbers up to the end of the line, or nothing if a field isn't one.
  private static func counts(_ fields: inout Fields) -> [UInt64]? {
    var counts: [UInt64] = []
    while let field = fields.next() {
      guard let count = field.decimal else { return nil }
      counts.append(count)
    }
    return counts.isEmpty ? nil : counts
  }

  private mutating func add(_ row: Row, line: Int) {
    if let first = rows.first, first.freeBlocks.count != row.freeBlocks.count {
      remarks.note(
        line: line,
        "the line has \(row.freeBlocks.count) orders and the first one \(first.freeBlocks.count);"
          + " it may be cut")
    }
    rows.append(row)
  }
}
