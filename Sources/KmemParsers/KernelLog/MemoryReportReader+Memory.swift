extension MemoryReportReader {
  /// Takes a line of `show_mem()`.
  mutating func takeMemory(_ text: Span<UInt8>) {
    guard var memory = current?.memory else { return }
    let node = memory.take(text, pendingNode: pendingNode)
    pendingNode = node
    current?.memory = memory
  }
}

extension ShowMem {
  /// Takes a line, whatever it is.
  ///
  /// - Returns: the node that the line names, where it has nothing else: the zone's line follows.
  mutating func take(_ text: Span<UInt8>, pendingNode: Int?) -> Int? {
    var rest = text
    var node = pendingNode
    var hasNode = false
    if text.starts(with: "Node ") {
      var fields = Fields(text)
      _ = fields.next()
      guard let number = fields.next() else { return nil }
      let digits = number.offset(ofByte: Ascii.colon)
      node = number.extracting(0..<digits).decimal.flatMap(Int.init(exactly:))
      rest = fields.rest
      hasNode = true
      if rest.isEmpty { return node }
    }
    if takeZone(rest, node: node ?? 0) || takeBlocks(rest, node: node ?? 0) { return nil }
    if takeMoreBlocks(rest) || takeReserve(rest) || takeHugePages(rest, node: node ?? 0)
      || takeSwap(rest) || takeSum(rest)
    {
      return nil
    }
    takeAmounts(rest, of: hasNode ? node : nil)
    // Lines of other processors may stand between the node and its zone.
    return hasNode ? nil : pendingNode
  }

  /// `DMA free:15908kB min:164kB low:204kB …`.
  private mutating func takeZone(_ text: Span<UInt8>, node: Int) -> Bool {
    var fields = Fields(text)
    guard let name = fields.next(), let first = fields.next(), first.starts(with: "free:"),
      let free = first.amountInKilobytes
    else { return false }
    // Another processor printed into the line: counted twice, the zone would double memory.
    guard !name.isRestOfZoneName else { return true }
    let place = index(ofZone: name.text, node: node)
    guard zones[place].amounts.isEmpty else { return true }
    zones[place].amounts = fields.rest.kilobytes
    zones[place].amounts["free"] = free.value
    self.place.zone = place
    return true
  }

  /// `DMA: 0*4kB 1*8kB (U) … = 15904kB`.
  private mutating func takeBlocks(_ text: Span<UInt8>, node: Int) -> Bool {
    var fields = Fields(text)
    guard let name = fields.next(), name.count > 1, name[name.count - 1] == Ascii.colon,
      let word = fields.next(), let first = word.blocks
    else { return false }
    guard !name.extracting(0..<(name.count - 1)).isRestOfZoneName else { return true }
    let place = index(ofZone: name.extracting(0..<(name.count - 1)).text, node: node)
    guard zones[place].freeBlocks.isEmpty else { return true }
    if pageSize == nil, (1...1024).contains(first.size) { pageSize = Int(first.size) * 1024 }
    self.place.blocksZone = place
    self.place.blocksSize = first.size
    addBlocks(word)
    while let next = fields.next() { addBlocks(next) }
    return true
  }

  /// The rest of a list of free blocks that a mail program broke.
  private mutating func takeMoreBlocks(_ text: Span<UInt8>) -> Bool {
    var fields = Fields(text)
    guard let first = fields.next(), place.blocksZone != nil,
      first.equals("=") || first.blocks?.size == place.blocksSize || first.isKindsOfBlocks
    else { return false }
    addBlocks(first)
    while let word = fields.next() { addBlocks(word) }
    return true
  }

  /// Adds the blocks of the next order, or the kinds of those added last; a list that was cut in the
  /// middle goes no further.
  private mutating func addBlocks(_ word: Span<UInt8>) {
    guard let zone = place.blocksZone, zone < zones.count else { return }
    if let (count, size) = word.blocks {
      guard size == place.blocksSize, zones[zone].freeBlocks.count < 20 else {
        return place.blocksZone = nil
      }
      zones[zone].freeBlocks.append(count)
      zones[zone].kinds.append("")
      place.blocksSize = size * 2
    } else if word.isKindsOfBlocks, let last = zones[zone].kinds.indices.last {
      zones[zone].kinds[last] = word.extracting(1..<max(1, word.count - 1)).text
    } else if let total = word.kilobytesOfList {
      zones[zone].blocksTotal = zones[zone].blocksTotal ?? total
      place.blocksZone = nil
    } else if !word.equals("=") {
      place.blocksZone = nil
    }
  }

  /// `lowmem_reserve[]: 0 2936 6453`; `protections[]:` up to 2.6.10.
  private mutating func takeReserve(_ text: Span<UInt8>) -> Bool {
    guard text.starts(with: "lowmem_reserve[]:") || text.starts(with: "protections[]:") else {
      return false
    }
    var fields = Fields(text)
    _ = fields.next()
    var pages: [UInt64] = []
    while let value = fields.nextDecimal() { pages.append(value) }
    guard let last = place.zone, last < zones.count, zones[last].reserve.isEmpty else {
      return true
    }
    zones[last].reserve = pages
    return true
  }

  /// `hugepages_total=0 hugepages_free=0 hugepages_surp=0 hugepages_size=2048kB`.
  private mutating func takeHugePages(_ text: Span<UInt8>, node: Int) -> Bool {
    guard let total = text.value(of: "hugepages_total=")?.decimal else { return false }
    let free = text.value(of: "hugepages_free=")?.decimal ?? 0
    guard let word = text.value(of: "hugepages_size="), word.count > 2,
      let size = word.extracting(0..<(word.count - 2)).decimal,
      !hugePages.contains(where: { $0.node == node && $0.size == size })
    else { return true }
    hugePages.append(HugePages(node: node, total: total, free: free, size: size))
    return true
  }

  /// `Free swap  = 0kB`, `Free swap:       0kB` up to 2.6.
  private mutating func takeSwap(_ text: Span<UInt8>) -> Bool {
    let isFree = text.starts(with: "Free swap")
    guard isFree || text.starts(with: "Total swap") else { return false }
    var end = text.count
    while end > 0, !Ascii.isDigit(text[end - 1]) { end -= 1 }
    var start = end
    while start > 0, Ascii.isDigit(text[start - 1]) { start -= 1 }
    guard let value = text.extracting(start..<end).decimal else { return true }
    if isFree { swapFree = swapFree ?? value } else { swapTotal = swapTotal ?? value }
    return true
  }

  /// `1965969 pages RAM`, `11105 total pagecache pages`, `65536 pages of RAM`.
  private mutating func takeSum(_ text: Span<UInt8>) -> Bool {
    var fields = Fields(text)
    guard let value = fields.nextDecimal() else { return false }
    let words = fields.rest.text
    guard words.contains("page") else { return false }
    sums[words] = sums[words] ?? value
    return true
  }

  /// Words of a name and a number: counters of all in pages, amounts of a node or of a zone in KiB.
  private mutating func takeAmounts(_ text: Span<UInt8>, of node: Int?) {
    var fields = Fields(text)
    while let word = fields.next() {
      if let (name, value) = word.amountInKilobytes {
        if let node {
          if name == "inactive_file" { listedNodes.insert(node) }
          let sum = (ofNodes[name] ?? 0).addingReportingOverflow(value)
          ofNodes[name] = sum.overflow ? .max : sum.partialValue
        } else if let last = place.zone, last < zones.count, zones[last].amounts[name] == nil {
          // A line that a mail program or another processor broke goes on with its zone.
          zones[last].amounts[name] = value
        }
        continue
      }
      let colon = word.offset(ofByte: Ascii.colon)
      // rsyslog prints `#012` for the line break behind a counter, journald and others `\x0a`.
      let end = min(
        word.offset(ofByte: UInt8(ascii: "#")), word.offset(ofByte: UInt8(ascii: "\\")))
      guard colon > 0, colon + 1 < end, node == nil,
        let value = word.extracting((colon + 1)..<end).decimal
      else { continue }
      // 2.6.30 prints `Active_anon`, 2.6.27 `Active`.
      let name = word.extracting(0..<colon).text.lowercased()
      if counters[name] == nil, counters.count < 64 { counters[name] = value }
    }
  }

  /// Where a zone is; it is entered when it is first named.
  private mutating func index(ofZone name: String, node: Int) -> Int {
    if let place = zones.firstIndex(where: { $0.node == node && $0.name == name }) { return place }
    zones.append(Zone(node: node, name: name))
    return zones.count - 1
  }
}

extension Span<UInt8> {
  /// What a list of blocks comes to: `16832kB`.
  fileprivate var kilobytesOfList: UInt64? {
    guard count > 2, self[count - 1] == UInt8(ascii: "B"), self[count - 2] == UInt8(ascii: "k")
    else { return nil }
    return extracting(0..<(count - 2)).decimal
  }

  /// A number of blocks and their size in KiB: `3*4096kB`.
  fileprivate var blocks: (count: UInt64, size: UInt64)? {
    // What renders Markdown takes the stars for emphasis: `1_4kB 1_8kB`.
    let star = Swift.min(offset(ofByte: UInt8(ascii: "*")), offset(ofByte: UInt8(ascii: "_")))
    guard star > 0, count > star + 3, self[count - 1] == UInt8(ascii: "B"),
      let number = extracting(0..<star).decimal,
      let size = extracting((star + 1)..<(count - 2)).decimal, size < 1 << 40
    else { return nil }
    return (number, size)
  }

  /// The kinds of blocks that are free: `(UME)`; `()` where they were taken meanwhile.
  fileprivate var isKindsOfBlocks: Bool {
    guard count > 1, count < 12, self[0] == UInt8(ascii: "("), self[count - 1] == UInt8(ascii: ")")
    else { return false }
    return (1..<(count - 1)).allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")) ~= self[$0] }
  }
}

extension Span<UInt8> {
  /// Whether the beginning of a zone's name is lost (`zone_names[]` in `mm/page_alloc.c`): `MA32`.
  fileprivate var isRestOfZoneName: Bool {
    let own = text
    let names = ["DMA", "DMA32", "Normal", "HighMem", "Movable", "Device"]
    return !names.contains(own) && names.contains { $0.hasSuffix(own) }
  }
}
