package import KmemSnapshot

extension CaptureList {
  /// The list as a JSON document, `kmemcheck.list/1`.
  package var json: JSONValue {
    .object([
      "schema": .string("kmemcheck.list/1"),
      "histories": .array(
        histories.map { entry in
          .object([
            "path": .string(entry.path), "hostname": JSONValue(entry.hostname),
            "release": JSONValue(entry.release), "bootID": .string(entry.bootID),
            "start": JSONValue(Dates.iso(Double(entry.first))),
            "end": JSONValue(Dates.iso(Double(entry.last))), "rounds": .int(entry.rounds),
            "series": .int(entry.series),
          ])
        }),
      "captures": .array(
        entries.map { entry in
          .object([
            "reference": entry.reference.isEmpty ? .null : .string(entry.reference),
            "path": .string(entry.path), "bytes": .int(entry.bytes),
            "time": JSONValue(entry.time.flatMap(Dates.iso)),
            "timeWithoutYear": JSONValue(
              entry.time == nil ? entry.withoutYear.map(Dates.withoutYear) : nil),
            "upSeconds": JSONValue(entry.up), "label": JSONValue(entry.label),
            "hostname": JSONValue(entry.hostname), "release": JSONValue(entry.release),
            "bootID": JSONValue(entry.bootID), "damage": JSONValue(entry.damage),
          ])
        }),
    ])
  }
}
