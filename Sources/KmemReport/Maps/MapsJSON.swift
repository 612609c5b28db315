package import KmemAnalysis
package import KmemSnapshot

/// A process's mappings as a JSON document, `kmemcheck.maps/1`.
package enum MapsJSON {
  /// The document; at most `limit` mappings are listed.
  package static func document(
    _ map: MemoryMap, order: MemoryMap.Order, merging: MapText.Merging?, limit: Int
  ) -> JSONValue {
    let rows = map.rows(order, by: merging).prefix(limit)
    return .object([
      "schema": .string("kmemcheck.maps/1"), "process": JSONValue(map.process),
      "seconds": JSONValue(map.seconds), "sortedBy": .string(order.rawValue),
      "by": JSONValue(merging?.rawValue), "mappings": JSONValue(map.areas.count),
      "minorFaultsGained": JSONValue(map.minorFaults),
      "majorFaultsGained": JSONValue(map.majorFaults),
      "total": map.total.map { .object(amounts($0)) } ?? .null,
      "areas": .made(rows.count) { area(rows[$0], merging) },
      "gone": .made(map.gone.count) { area(map.gone[$0], nil) },
    ])
  }

  private static func area(_ area: MapArea, _ merging: MapText.Merging?) -> JSONValue {
    var members = amounts(area)
    members["count"] = JSONValue(area.count)
    if merging == nil {
      members["start"] = .string(String(area.start, radix: 16))
      members["end"] = .string(String(area.end, radix: 16))
      members["permissions"] = .string(area.permissions)
      members["path"] = .string(area.path)
    }
    members["kind"] = merging == .file ? .null : .string(area.kind.rawValue)
    members["file"] = merging == .kind ? .null : .string(MapFormat.place(area.place))
    return .object(members)
  }

  private static func amounts(_ area: MapArea) -> [String: JSONValue] {
    [
      "vss": .int(area.vss), "rss": .int(area.rss), "pss": .int(area.pss), "uss": .int(area.uss),
      "swap": .int(area.swap), "gained": JSONValue(area.gained),
      "gainedVss": JSONValue(area.gainedVss),
    ]
  }
}

extension MemoryMap {
  /// The mappings in that order, merged if asked for.
  func rows(_ order: Order, by merging: MapText.Merging?) -> [MapArea] {
    switch merging {
    case nil: rows(order)
    case .file: rows(order, merging: \.place)
    case .kind: rows(order, merging: \.kind)
    }
  }
}
