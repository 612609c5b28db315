import KmemParsers

extension Meminfo: FoundElsewhere {
  /// From `/proc/meminfo`, or where it isn't there the sums of the files that each node has of its
  /// own, else from what a tool prints of it.
  static func find(with reader: inout SnapshotReader) -> Reading<Meminfo> {
    let whole: Reading<Meminfo> = reader.parse(path)
    if let value = whole.value { return .value(reader.withForms(value)) }
    let nodes = reader.capture.nodes
    let parts = nodes.compactMap { node -> Meminfo? in
      let reading: Reading<Meminfo> = reader.parse(path(ofNode: node))
      return reading.value
    }
    guard parts.count == nodes.count, let sum = Meminfo(nodes: parts) else {
      return reader.meminfoOfForms() ?? reader.meminfoOfCounters() ?? whole
    }
    let names = nodes.prefix(20).map(String.init).joined(separator: ", ")
    reader.note(
      path,
      "it isn't there; the sums of what the nodes have stand for it (node \(names)"
        + (nodes.count > 20 ? " and \(nodes.count - 20) more)" : ")"))
    return .value(sum)
  }
}

extension Capture {
  /// The numbers of the nodes whose own meminfo was read, in order.
  fileprivate var nodes: [Int] {
    sources.compactMap { path, reading -> Int? in
      let parts = path.split(separator: "/")
      guard reading.outcome == .read, !reading.bytes.isEmpty, parts.count == 6,
        path.hasPrefix(Meminfo.nodePrefix), parts[5] == "meminfo"
      else { return nil }
      return Int(parts[4].dropFirst(4))
    }.sorted()
  }
}
