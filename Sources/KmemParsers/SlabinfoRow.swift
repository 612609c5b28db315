extension Slabinfo.Cache {
  /// Reads a row, or nothing if it isn't whole.
  ///
  /// The name has no bounds of its own: it is what stands before the five numbers in front of the
  /// section `tunables`. Almost all are one word, and are read without looking for that section.
  init?(row line: Span<UInt8>, header: SlabinfoHeader?) {
    var fields = NumberFields(line)
    guard let word = fields.next() else { return nil }
    if let sizes = Sizes(&fields), let sections = Sections(&fields),
      let statistics = Statistics(&fields, header)
    {
      self.init(name: line.extracting(word).text, sizes, sections, statistics)
    } else {
      self.init(longName: line, header: header)
    }
  }

  /// Reads a row whose name has blanks in it.
  private init?(longName line: Span<UInt8>, header: SlabinfoHeader?) {
    var start = 0
    while let colon = line.tunables(from: start) {
      var fields = NumberFields(line.extracting(colon..<line.count))
      if let name = Self.name(line.extracting(0..<colon)), let sections = Sections(&fields),
        let statistics = Statistics(&fields, header)
      {
        var lead = NumberFields(line.extracting(name.end..<colon))
        guard let sizes = Sizes(&lead) else { return nil }
        self.init(name: name.text, sizes, sections, statistics)
        return
      }
      start = colon + 1
    }
    return nil
  }

  /// The name before five numbers, and the offset where it ends; nothing if it or a number is missing.
  static func name(_ lead: Span<UInt8>) -> (text: String, end: Int)? {
    var fields = RearFields(lead)
    for _ in 0..<5 where fields.nextDecimal() == nil { return nil }
    let name = fields.rest
    return name.isEmpty ? nil : (name.text, fields.end)
  }

  @inline(__always)
  private init(name: String, _ sizes: Sizes, _ sections: Sections, _ statistics: Statistics) {
    self.init(
      name: name, activeObjects: sizes.activeObjects, objects: sizes.objects,
      objectSize: sizes.objectSize, objectsPerSlab: sizes.objectsPerSlab,
      pagesPerSlab: sizes.pagesPerSlab, limit: sections.limit, batchCount: sections.batchCount,
      sharedFactor: sections.sharedFactor, activeSlabs: sections.activeSlabs,
      slabs: sections.slabs, sharedAvailable: sections.sharedAvailable,
      globalStatistics: statistics.global, processorStatistics: statistics.processor)
  }
}

/// The five numbers after the name.
private struct Sizes {
  let activeObjects, objects, objectSize, objectsPerSlab, pagesPerSlab: UInt64

  @inline(__always)
  init?(_ fields: inout NumberFields) {
    guard let activeObjects = fields.nextDecimal(), let objects = fields.nextDecimal(),
      let objectSize = fields.nextDecimal(), let objectsPerSlab = fields.nextDecimal(),
      let pagesPerSlab = fields.nextDecimal()
    else { return nil }
    self.activeObjects = activeObjects
    self.objects = objects
    self.objectSize = objectSize
    self.objectsPerSlab = objectsPerSlab
    self.pagesPerSlab = pagesPerSlab
  }
}

/// The sections `tunables` and `slabdata`.
private struct Sections {
  let limit, batchCount, sharedFactor, activeSlabs, slabs, sharedAvailable: UInt64

  @inline(__always)
  init?(_ fields: inout NumberFields) {
    guard fields.next(is: ":"), fields.next(is: "tunables"), let limit = fields.nextDecimal(),
      let batchCount = fields.nextDecimal(), let sharedFactor = fields.nextDecimal(),
      fields.next(is: ":"), fields.next(is: "slabdata"), let activeSlabs = fields.nextDecimal(),
      let slabs = fields.nextDecimal(), let sharedAvailable = fields.nextDecimal()
    else { return nil }
    self.limit = limit
    self.batchCount = batchCount
    self.sharedFactor = sharedFactor
    self.activeSlabs = activeSlabs
    self.slabs = slabs
    self.sharedAvailable = sharedAvailable
  }
}

/// The sections `globalstat` and `cpustat`, which few kernels print.
private struct Statistics {
  private(set) var global: [Slabinfo.Statistic] = []
  private(set) var processor: [Slabinfo.Statistic] = []

  @inline(__always)
  init?(_ fields: inout NumberFields, _ header: SlabinfoHeader?) {
    while fields.skipBlanks() {
      guard fields.next(is: ":") else { return nil }
      if fields.next(is: "globalstat") {
        global = Self.values(&fields, names: header?.global ?? [])
      } else if fields.next(is: "cpustat") {
        processor = Self.values(&fields, names: header?.processor ?? [])
      } else {
        return nil
      }
    }
  }

  private static func values(
    _ fields: inout NumberFields, names: [String]
  ) -> [Slabinfo.Statistic] {
    var values: [Slabinfo.Statistic] = []
    while let value = fields.nextDecimal() {
      let name = values.count < names.count ? names[values.count] : "\(values.count + 1)"
      values.append(Slabinfo.Statistic(name: name, value: value))
    }
    return values
  }
}

extension Span<UInt8> {
  /// The offset of the colon before the word `tunables`, at or after `start`.
  func tunables(from start: Int) -> Int? {
    var colon = offset(ofByte: Ascii.colon, from: start)
    while colon < count {
      var fields = NumberFields(extracting((colon + 1)..<count))
      let isSection = colon + 1 < count && Ascii.isBlank(self[colon + 1])
      if isSection, fields.next(is: "tunables") { return colon }
      colon = offset(ofByte: Ascii.colon, from: colon + 1)
    }
    return nil
  }
}
