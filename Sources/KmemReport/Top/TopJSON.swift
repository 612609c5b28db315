package import KmemAnalysis
package import KmemSnapshot

/// What holds kernel memory, as a JSON document, `kmemcheck.top/2`.
package enum TopJSON {
  /// The document, with all rows of all tables.
  package static func document(_ top: KernelTop) -> JSONValue {
    .object([
      "schema": .string("kmemcheck.top/2"), "moment": JSONValue(top.moment),
      "seconds": JSONValue(top.seconds), "classes": rows(top.classes), "caches": rows(top.caches),
      "modules": rows(top.modules), "sites": rows(top.sites),
      "sitesOrigin": .string(top.sitesOrigin.rawValue),
    ])
  }

  private static func rows(_ rows: [KernelTop.Row]) -> JSONValue {
    .array(
      rows.map { row in
        [
          "side": JSONValue(row.side?.rawValue), "held": .int(row.held),
          "gained": JSONValue(row.gained),
          "count": JSONValue(row.count), "aliases": JSONValue(row.aliases),
          "meaning": .meaning(row.meaning),
          "owners": .array(row.owners.map { .candidate($0, share: nil) }),
        ].adding(id(row.id))
      })
  }

  private static func id(_ id: KernelTop.Holder) -> [String: JSONValue] {
    switch id {
    case .series(let series): JSONValue.series(series)
    case .holder(let holder):
      [
        "kind": .string(holder.module == nil ? "directory" : SeriesID.Kind.module.rawValue),
        "id": .string(id.key), "title": .string(holder.title),
      ]
    }
  }
}
