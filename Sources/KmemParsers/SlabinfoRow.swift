/// The names of the statistics, which the header of `/proc/slabinfo` lists: they changed four times.
struct SlabinfoHeader {
  private(set) var global: [String] = []
  private(set) var processor: [String] = []
  private var isInGlobal = false
  private var isInProcessor = false

  var hasStatistics: Bool { !global.isEmpty || !processor.isEmpty }

  /// Adds the names of a header line, or of its continuation.
  mutating func add(_ line: Span<UInt8>) {
    var words = Fields(line)
    while let word = words.next() {
      if word[0] == UInt8(ascii: "<") {
        let end = word[word.count - 1] == UInt8(ascii: ">") ? word.count - 1 : word.count
        let name = word.extracting(min(1, end)..<end).text
        if isInGlobal { global.append(name) }
        if isInProcessor { processor.append(name) }
      } else {
        isInGlobal = word.equals("globalstat")
        isInProcessor = word.equals("cpustat")
      }
    }
  }
}

extension Slabinfo.Cache {
  /// Reads a row, or nothing if it isn't whole.
  ///
  /// The name has no bounds of its own: it is what stands before the five numbers in front of the
  /// section `tunables`.
  init?(row line: Span<UInt8>, header: SlabinfoHeader) {
    var start = 0
    while let section = line.tunables(from: start) {
      if let cache = Self.cache(line, tunables: section, header: header) {
        self = cache
        return
      }
      start = section + 1
    }
    return nil
  }

  private static func cache(
    _ line: Span<UInt8>, tunables: Int, header: SlabinfoHeader
  ) -> Slabinfo.Cache? {
    var left = RearFields(line.extracting(0..<tunables))
    guard let pagesPerSlab = left.nextDecimal(), let objectsPerSlab = left.nextDecimal(),
      let objectSize = left.nextDecimal(), let objects = left.nextDecimal(),
      let activeObjects = left.nextDecimal()
    else { return nil }
    let name = left.rest
    var right = Fields(line.extracting(tunables..<line.count))
    guard !name.isEmpty, right.next() != nil, right.next() != nil,
      let limit = right.nextDecimal(), let batchCount = right.nextDecimal(),
      let sharedFactor = right.nextDecimal(),
      right.next()?.equals(":") == true, right.next()?.equals("slabdata") == true,
      let activeSlabs = right.nextDecimal(), let slabs = right.nextDecimal(),
      let sharedAvailable = right.nextDecimal(),
      let statistics = Statistics(&right, header: header)
    else { return nil }
    return Slabinfo.Cache(
      name: name.text, activeObjects: activeObjects, objects: objects, objectSize: objectSize,
      objectsPerSlab: objectsPerSlab, pagesPerSlab: pagesPerSlab, limit: limit,
      batchCount: batchCount, sharedFactor: sharedFactor, activeSlabs: activeSlabs, slabs: slabs,
      sharedAvailable: sharedAvailable, globalStatistics: statistics.global,
      processorStatistics: statistics.processor)
  }

  /// The sections after `slabdata`.
  private struct Statistics {
    var global: [Slabinfo.Statistic] = []
    var processor: [Slabinfo.Statistic] = []

    init?(_ fields: inout Fields, header: SlabinfoHeader) {
      guard let colon = fields.next() else { return }
      guard colon.equals(":") else { return nil }
      while let section = fields.next() {
        var values: [UInt64] = []
        while let field = fields.next(), !field.equals(":") {
          guard let value = field.decimal else { return nil }
          values.append(value)
        }
        if section.equals("globalstat") {
          global = Self.named(values, header.global)
        } else if section.equals("cpustat") {
          processor = Self.named(values, header.processor)
        }
      }
    }

    private static func named(_ values: [UInt64], _ names: [String]) -> [Slabinfo.Statistic] {
      values.enumerated().map { place, value in
        Slabinfo.Statistic(
          name: place < names.count ? names[place] : "statistic \(place + 1)", value: value)
      }
    }
  }
}

extension Span<UInt8> {
  /// The offset of the colon before the word `tunables`, at or after `start`.
  func tunables(from start: Int) -> Int? {
    var index = start
    while index < count {
      if self[index] == Ascii.colon {
        var word = index + 1
        while word < count, Ascii.isBlank(self[word]) { word += 1 }
        if word > index + 1, holds("tunables", at: word) { return index }
      }
      index += 1
    }
    return nil
  }
}
