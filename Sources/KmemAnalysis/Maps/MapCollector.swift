internal import KmemParsers
package import KmemSnapshot

/// Reads a process's `smaps` piece by piece and keeps what a table of its mappings needs.
package struct MapCollector: Sendable {
  private var reader = SmapsReader()
  private var areas: [MapArea] = []

  /// Begins without mappings.
  package init() {}

  /// Reads the next piece, which may end anywhere.
  package mutating func read(_ piece: Span<UInt8>) {
    var found: [Smaps.Mapping] = []
    reader.read(piece) { found.append($0) }
    for mapping in found { add(mapping) }
  }

  /// The mappings, once the text has ended.
  package mutating func finish() -> [MapArea] {
    var found: [Smaps.Mapping] = []
    reader.finish { found.append($0) }
    for mapping in found { add(mapping) }
    return areas
  }

  /// What was odd about the text; `path` is the file it came from.
  package func remarks(on path: String) -> [SourceRemark] {
    reader.remarks.map { SourceRemark(path: path, line: $0.line, reason: $0.reason) }
  }

  private mutating func add(_ mapping: Smaps.Mapping) {
    let before = areas.last.flatMap { $0.end == mapping.start ? $0 : nil }
    let kind = MapKind(
      path: mapping.path, permissions: mapping.permissions, flags: mapping.flags,
      previous: before.map { ($0.path, $0.kind) })
    let amounts = mapping.amounts
    let span = Int64(clamping: mapping.end &- mapping.start)
    areas.append(
      MapArea(
        start: mapping.start, end: mapping.end, permissions: mapping.permissions, kind: kind,
        path: mapping.path, owner: kind == .bss ? before?.owner ?? "" : mapping.path,
        vss: amounts[.size] ?? span, rss: amounts[.rss] ?? 0, pss: amounts[.pss] ?? 0,
        uss: (amounts[.privateClean] ?? 0).plus(amounts[.privateDirty] ?? 0),
        swap: amounts[.swap] ?? 0))
  }
}
