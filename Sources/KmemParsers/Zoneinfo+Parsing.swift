extension Zoneinfo {
  init(parsingClean text: Span<UInt8>) throws(ParseError) {
    var reader = Reader()
    var lines = Lines(text)
    while let line = lines.next() { reader.read(line, number: lines.number) }
    reader.endZone()
    guard !reader.zones.isEmpty else {
      throw Self.file.refusal(of: text)
    }
    zones = reader.zones
    nodeCounters = reader.nodeCounters
    remarks = reader.remarks
  }

  /// Takes the lines one by one and knows the part of the zone they belong to.
  struct Reader {
    /// The part of a zone that a line belongs to; indentation isn't relied on, for copies lose it.
    enum Section {
      /// Before `pages free`.
      case head
      case node, pages
      /// After `protection`, which follows the counters up to 4.11.
      case counters
      case pagesets
      /// After the pagesets.
      case tail
    }

    var zones: [Zone] = []
    var nodeCounters: [Int: [Counter]] = [:]
    var remarks: [Remark] = []
    /// The zone being read, and the number of the line it began with.
    var zone = Zone(node: 0, name: "")
    var zoneLine = 0
    var section = Section.head
    var counters = CounterList()
    /// The per-node counters of the zone being read; empty in all but the first of each node.
    var ofNode = CounterList()
    var others = CounterList()
    /// The pageset being read, if one is.
    var pageset = Pageset(processor: 0)
    var isInPageset = false
    /// Whether the cold one of the two per-CPU lists of 2.6.24 and earlier is being read.
    var isCold = false
    private var seen: Set<ZoneKey> = []

    mutating func read(_ line: Span<UInt8>, number: Int) {
      var fields = Fields(line)
      guard let first = fields.next() else { return }
      if first.equals("Node") { return beginZone(line, number: number) }
      guard zoneLine > 0 else {
        if remarks.isEmpty {
          remarks.note(line: number, "lines before the first zone are passed over")
        }
        return
      }
      guard let second = fields.next() else { return readAlone(first, number: number) }
      let last = first.count - 1
      if first[last] == Ascii.colon {
        readKeyed(first.extracting(0..<last), second, line, number: number)
      } else if let value = second.amount, fields.isAtEnd {
        readNamed(first, value, number: number)
      } else {
        readWords(first, second, &fields, number: number)
      }
    }

    private mutating func beginZone(_ line: Span<UInt8>, number: Int) {
      endZone()
      var fields = Fields(line)
      guard let (node, name) = fields.nextZone() else {
        zoneLine = 0
        return remarks.note(
          line: number, "the line begins no zone, and what follows is passed over")
      }
      let processors = zone.pagesets.count
      zone = Zone(node: node, name: name)
      zone.pagesets.reserveCapacity(processors)
      zoneLine = number
      section = .head
    }

    /// Keeps the zone read so far, unless it was read before.
    mutating func endZone() {
      guard zoneLine > 0 else { return }
      endPageset()
      zone.counters = counters.take()
      zone.others = others.take()
      let stats = ofNode.take()
      guard seen.insert(ZoneKey(node: zone.node, zone: zone.name)).inserted else {
        return remarks.note(
          line: zoneLine, "node \(zone.node), zone \(zone.name) occurs again; the first one counts")
      }
      if !stats.isEmpty, nodeCounters[zone.node] == nil { nodeCounters[zone.node] = stats }
      zones.append(zone)
    }
  }
}
