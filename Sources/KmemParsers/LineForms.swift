// Which lines tell their file, for the files that have several forms of lines. Those that aren't
// here are told by their marks.

extension Vmstat {
  /// Counters of no other file are called `nr_…` at the beginning of a line.
  package static func sign(of line: Span<UInt8>) -> LineSign? {
    line.starts(with: "nr_") && holds(line) == true ? .row : nil
  }

  /// A name and a number.
  package static func holds(_ line: Span<UInt8>) -> Bool? {
    var fields = Fields(line)
    guard let name = fields.next(), name.isCounterName, fields.nextDecimal() != nil else {
      return false
    }
    return fields.isAtEnd
  }

  /// Each counter is listed once.
  package static var recurrence: RowRecurrence { .tells }
}

extension Buddyinfo {
  /// A zone and its blocks by order, of which no kernel has less than five.
  package static func sign(of line: Span<UInt8>) -> LineSign? {
    var fields = Fields(line)
    guard fields.nextZone() != nil else { return nil }
    var orders = 0
    while let field = fields.next() {
      guard field.decimal != nil else { return nil }
      orders += 1
    }
    return orders >= 5 ? .row : nil
  }

  /// No other line is in this file.
  package static func holds(_ line: Span<UInt8>) -> Bool? { false }

  /// Each zone is listed once.
  package static var recurrence: RowRecurrence { .tells }
}

extension Zoneinfo {
  /// A zone with nothing behind it.
  package static func sign(of line: Span<UInt8>) -> LineSign? {
    var fields = Fields(line)
    return fields.nextZone() != nil && fields.isAtEnd ? .row : nil
  }

  /// A name and a number, or one of the titles.
  package static func holds(_ line: Span<UInt8>) -> Bool? {
    let line = line.trimmed()
    if line.starts(with: "protection:") || line.starts(with: "pages free")
      || line.starts(with: "per-node") || line.starts(with: "vm stats") || line.equals("pagesets")
      || line.equals("cpu:") || line.starts(with: "scanned ")
    {
      return true
    }
    var fields = Fields(line)
    guard fields.next() != nil, let number = fields.next() else { return false }
    return number.amount != nil && fields.isAtEnd
  }

  /// Each zone is listed once.
  package static var recurrence: RowRecurrence { .tells }
}

extension Slabinfo {
  /// The header, or a row by the title of its last section.
  package static func sign(of line: Span<UInt8>) -> LineSign? {
    if line.starts(with: "slabinfo - version") { return .first }
    if line.starts(with: "# name"), line.offset(of: "<active_objs>") != nil { return .row }
    // Colons are fewer than blanks.
    guard let title = line.offset(of: ": slabdata ") else { return nil }
    return title > 0 && line[title - 1] == Ascii.space || line.offset(of: " : slabdata ") != nil
      ? .row : nil
  }

  /// A part of a row that was wrapped: numbers with few words between.
  package static func holds(_ line: Span<UInt8>) -> Bool? {
    var words = 0
    var numbers = 0
    var fields = Fields(line)
    while let field = fields.next() {
      if field.decimal != nil { numbers += 1 } else if !field.equals(":") { words += 1 }
    }
    return line.starts(with: "#") && line.offset(of: "<") != nil || numbers > 0 && words <= 2
  }
}

extension Pagetypeinfo {
  /// One of the titles, or a row of one migrate type.
  package static func sign(of line: Span<UInt8>) -> LineSign? {
    if line.starts(with: "Page block order:") { return .first }
    if line.starts(with: "Pages per block:") || markedSign(of: line) != nil { return .row }
    var fields = Fields(line)
    return fields.nextZone() != nil && fields.rest.starts(with: "type ") ? .row : nil
  }

  /// A row of blocks, or their title.
  package static func holds(_ line: Span<UInt8>) -> Bool? {
    var fields = Fields(line)
    return fields.nextZone() != nil || line.starts(with: "Number of mixed blocks")
  }
}

extension KernelCommandLine {
  /// What boot loaders put first.
  package static func sign(of line: Span<UInt8>) -> LineSign? {
    line.starts(with: "BOOT_IMAGE=") ? .row : nil
  }

  /// The file has one line.
  package static func holds(_ line: Span<UInt8>) -> Bool? { false }
}

extension Pressure {
  /// Nothing: the files of memory, of input and output, and of processors look alike.
  package static func sign(of line: Span<UInt8>) -> LineSign? { nil }

  /// Averages.
  package static func holds(_ line: Span<UInt8>) -> Bool? {
    line.starts(with: "some avg10=") || line.starts(with: "full avg10=")
  }
}

extension KernelConfig {
  /// Rows are of no moment.
  package static var recurrence: RowRecurrence { .tellsNothing }
  /// Of an option that isn't in an excerpt nothing is known.
  package static var fewestLines: Int { 100 }
}

extension Mounts {
  /// Nothing: too many lines look like it.
  package static func sign(of line: Span<UInt8>) -> LineSign? { nil }
}

extension SlabAliases {
  /// A link to a merged cache.
  package static func sign(of line: Span<UInt8>) -> LineSign? {
    line.starts(with: "l") && line.offset(of: " -> :") != nil ? .row : nil
  }

  /// Each name is listed once.
  package static var recurrence: RowRecurrence { .tells }
}

extension PageOwnerStacks {
  /// The number of a stack.
  package static func sign(of line: Span<UInt8>) -> LineSign? {
    line.trimmed().starts(with: "nr_base_pages: ") ? .row : nil
  }

  /// Frames come again in every stack.
  package static var recurrence: RowRecurrence { .tellsNothing }
}

extension Sockstat {
  /// Its first line, and those of protocols in use everywhere.
  package static func sign(of line: Span<UInt8>) -> LineSign? {
    if line.starts(with: "sockets: used ") { return .first }
    return line.starts(with: "TCP: inuse ") || line.starts(with: "UDP: inuse ") ? .row : nil
  }

  /// A protocol.
  package static func holds(_ line: Span<UInt8>) -> Bool? { line.offset(of: ": inuse ") != nil }
}

extension Arcstats {
  /// One of ZFS's own names, the type of a number, and the number.
  package static func sign(of line: Span<UInt8>) -> LineSign? {
    let first = line.offsetOfNonBlank(from: 0)
    let isOwn = ownNames.contains { line.holds($0, at: first) }
    return isOwn && holds(line) == true ? .row : nil
  }

  /// What names of the cache's values begin with; single words that prose may have aren't among them.
  private static let ownNames: [StaticString] = [
    "arc_", "l2_", "mru_", "mfu_", "demand_", "prefetch_", "evict_", "c_min", "c_max", "abd_",
    "metadata_size", "data_size", "hdr_size", "dbuf_size", "dnode_size", "bonus_size", "other_size",
    "compressed_size", "uncompressed_size", "overhead_size", "memory_", "size ",
  ]

  /// A name, the type of a number, and the number.
  package static func holds(_ line: Span<UInt8>) -> Bool? {
    var fields = Fields(line)
    guard let name = fields.next(), name.isCounterName, let type = fields.nextDecimal(),
      (3...4).contains(type), fields.next()?.amount != nil
    else { return false }
    return fields.isAtEnd
  }

  /// Each value is listed once.
  package static var recurrence: RowRecurrence { .tells }
}

extension Slabtop {
  /// A mark, or a row: its share in use and the size of an object tell it, without the heading too.
  package static func sign(of line: Span<UInt8>) -> LineSign? {
    if let sign = markedSign(of: line) { return sign }
    guard line.contains(UInt8(ascii: "%")) else { return nil }
    return Cache(line.trimmed()) == nil ? nil : .row
  }
}

// MARK: Files without other forms of lines

extension KernelConfig: ToldByMarks {}
extension VmstatSums: ToldByMarks {}
extension Numastat: ToldByMarks {}
extension SmemSystem: ToldByMarks {}
extension Smem: ToldByMarks {}
extension Top: ToldByMarks {}
extension Free {
  /// The titles, whatever lies between them, or another mark; each table begins with them.
  package static func sign(of line: Span<UInt8>) -> LineSign? {
    isHeading(line) ? .first : markedSign(of: line)
  }

  /// The titles of columns that all versions begin with, and none that no version has.
  private static func isHeading(_ line: Span<UInt8>) -> Bool {
    var fields = Fields(line)
    guard fields.next()?.equals("total") == true, fields.next()?.equals("used") == true,
      fields.next()?.equals("free") == true
    else { return false }
    var others = 0
    while let title = fields.next() {
      guard titles.contains(where: { title.equals($0) }) else { return false }
      others += 1
    }
    return others > 1
  }

  private static let titles: [StaticString] = [
    "shared", "buffers", "cached", "cache", "buff/cache", "available",
  ]

  /// Its rows, where somebody left out the heading above them.
  package static func holds(_ line: Span<UInt8>) -> Bool? {
    line.trimmed().starts(with: "Mem:") ? true : nil
  }
}
extension Ps: ToldByMarks {}
