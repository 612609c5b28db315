/// The heading of a table of slab caches: where each column stands.
struct SlabTableHeading {
  private enum Column {
    case name, active, objects, size, perSlab, pages, activeSlabs, slabs
    /// KiB of a slab.
    case slabSize
    /// Bytes of all slabs.
    case bytes
  }

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
    if line.isHeadingOfSPL || line.isRowOfSPL {
      (mark, count) = (Ascii.space, 11)
      places = [.name: 0, .bytes: 2, .size: 5, .slabs: 6, .objects: 9, .active: 10]
      return
    }
    if line.starts(with: "CACHE "), line.offset(of: " SSIZE") != nil {
      mark = Ascii.space
      (places, count) = Self.placesOfCrash(line)
      guard places.count == 6 else { return nil }
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

  /// `CACHE OBJSIZE ALLOCATED TOTAL SLABS SSIZE NAME`, as `kmem -s` of crash prints it; up to 7.2 the
  /// name stands second.
  private static func placesOfCrash(_ line: Span<UInt8>) -> ([Column: Int], Int) {
    let columns: [String: Column] = [
      "NAME": .name, "OBJSIZE": .size, "ALLOCATED": .active, "TOTAL": .objects, "SLABS": .slabs,
      "SSIZE": .slabSize,
    ]
    var (places, count): ([Column: Int], Int) = ([:], 0)
    var words = Fields(line)
    while let word = words.next() {
      if let column = columns[word.text] { places[column] = count }
      count += 1
    }
    return (places, count)
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
        // Crash puts a letter behind the size of a slab: `32k`.
        let digits = column == .slabSize ? text.extracting(0..<max(0, text.count - 1)) : text
        guard let number = digits.cellNumber else { return nil }
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
      let size =
        held(values, slabs).map { PrintedAmount(bytes: $0) }
        ?? PrintedAmount(bytes: bytes, error: bytes / 3)
      cache.printed = Slabinfo.Printed(
        size: size, objectSize: PrintedAmount(bytes: objectSize))
    }
    return cache
  }
}

extension SlabTableHeading {
  /// What the slabs have, where the table tells it.
  private static func held(_ values: [Column: UInt64], _ slabs: UInt64) -> Int64? {
    if let bytes = values[.bytes] { return Int64(exactly: bytes) }
    guard let size = values[.slabSize], size < 1 << 32, slabs < 1 << 20 || size < 1 << 10 else {
      return nil
    }
    let (bytes, overflow) = slabs.multipliedReportingOverflow(by: size * 1024)
    return overflow ? nil : Int64(exactly: bytes)
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

  /// Whether the line is a row of `/proc/spl/kmem/slab`, as people copy a few of it: a name, flags, and
  /// thirteen numbers (`slab_seq_show` of spl-proc.c).
  var isRowOfSPL: Bool {
    guard offset(of: " 0x0") != nil else { return false }
    var words = Fields(self)
    guard let name = words.next(), name.isSlabName, let flags = words.next(), flags.count == 7,
      flags.hexadecimal != nil
    else { return false }
    for _ in 0..<13 where words.nextDecimal() == nil { return false }
    return words.isAtEnd
  }

  /// Whether the bytes can be the name of a slab cache.
  private var isSlabName: Bool {
    for index in indices where !Ascii.isWord(self[index]) && self[index] != UInt8(ascii: "-") {
      return false
    }
    return !isEmpty && !Ascii.isDigit(self[0])
  }

  /// Whether it is the heading of the caches that ZFS keeps beside the kernel's own,
  /// `/proc/spl/kmem/slab`: `name flags size alloc slabsize objsize total alloc max total alloc max …`.
  ///
  /// Of caches that it takes from the kernel it prints no numbers: slabinfo has them.
  fileprivate var isHeadingOfSPL: Bool {
    guard starts(with: "name "), offset(of: " slabsize ") != nil else { return false }
    var words = Fields(self)
    _ = words.next()
    return words.next()?.equals("flags") == true && words.next()?.equals("size") == true
      && words.next()?.equals("alloc") == true && words.next()?.equals("slabsize") == true
      && words.next()?.equals("objsize") == true && words.next()?.equals("total") == true
  }
}
