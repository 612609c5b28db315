internal import KmemParsers

/// Lines of meminfo as node_exporter tells them to Prometheus: `node_memory_MemFree_bytes 5.24288e+08`.
enum MetricRows {
  static func mend(_ text: inout TextLines) {
    for index in text.lines.indices {
      let line = text.lines[index].bytes
      if isRow(line.span), let row = row(line) {
        text.replace(index, by: Array(row.utf8), .separators)
      }
    }
  }

  /// Whether the line may be such a row.
  static func isRow(_ line: Span<UInt8>) -> Bool { line.starts(with: "node_memory_") }

  private static func row(_ bytes: [UInt8]) -> String? {
    guard bytes.count < 300 else { return nil }
    let words = String(decoding: bytes.dropFirst("node_memory_".utf8.count), as: UTF8.self)
      .split(separator: " ")
    guard words.count >= 2, let value = Double(words[words.count > 2 ? 1 : words.count - 1]),
      value >= 0, value < 1e18
    else { return nil }
    // Labels tell the machine where the text is Prometheus' own.
    var name = words[0].prefix { $0 != "{" }
    if MeminfoRow.isKnown(String(name)), MeminfoRow.isCount(String(name)) {
      return "\(name): \(UInt64(value))"
    }
    guard name.hasSuffix("_bytes") else { return nil }
    name.removeLast("_bytes".count)
    let full = known(String(name))
    return full.map { "\($0): \(UInt64(value) / 1024) kB" }
  }

  /// The name in meminfo: brackets became underscores.
  private static func known(_ name: String) -> String? {
    if MeminfoRow.isKnown(name) { return name }
    guard let mark = name.firstIndex(of: "_") else { return nil }
    let list = "\(name[..<mark])(\(name[name.index(after: mark)...]))"
    return MeminfoRow.isKnown(list) ? list : nil
  }
}
