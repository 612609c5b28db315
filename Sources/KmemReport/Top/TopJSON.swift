package import KmemAnalysis

/// Who holds kernel memory as a JSON document, `kmemcheck.top/1`.
package enum TopJSON {
  package static func document(_ top: KernelTop) -> JSONValue {
    .object([
      "schema": .string("kmemcheck.top/1"), "moment": JSONValue(top.moment),
      "seconds": JSONValue(top.seconds), "classes": rows(top.classes), "caches": rows(top.caches),
      "modules": rows(top.modules), "sites": rows(top.sites),
      "sitesOrigin": .string(top.sitesOrigin),
    ])
  }

  private static func rows(_ rows: [KernelTop.Row]) -> JSONValue {
    .array(
      rows.map { row in
        .object([
          "name": .string(row.name), "held": .int(row.held), "gained": JSONValue(row.gained),
          "count": JSONValue(row.count), "aliases": JSONValue(row.aliases),
          "meaning": .meaning(row.meaning),
          "owners": .array(row.owners.map { .candidate($0, share: nil) }),
        ])
      })
  }
}
