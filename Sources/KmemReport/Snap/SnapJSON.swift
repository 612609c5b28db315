package import KmemSnapshot

extension SnapSummary {
  /// The summary as a JSON document, `kmemcheck.snap/1`: with the reason for each source that wasn't read.
  package var json: JSONValue {
    .object([
      "schema": .string("kmemcheck.snap/1"), "path": .string(path),
      "processes": capture.processCoverage.map { JSONValue($0) } ?? .null,
      "read": JSONValue(count(.read)), "milliseconds": JSONValue(milliseconds),
      "notRead": .array(
        gaps.flatMap { outcome, paths in
          paths.map { path in
            .object([
              "path": .string(path), "outcome": .string(outcome.rawValue),
              "reason": JSONValue(capture[path].reason),
            ])
          }
        }),
    ])
  }
}
