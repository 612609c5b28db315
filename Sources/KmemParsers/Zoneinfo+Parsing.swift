extension Zoneinfo {
  init(parsingClean text: Span<UInt8>) throws(ParseError) {
    var lines = Lines(text)
    while let line = lines.next() {
      var fields = Fields(line)
      if let (node, zone) = fields.nextZone() { zones.append(Zone(node: node, name: zone)) }
    }
    guard !zones.isEmpty else {
      throw noLine(of: "/proc/zoneinfo", in: text, example: "Node 0, zone   Normal")
    }
  }
}
