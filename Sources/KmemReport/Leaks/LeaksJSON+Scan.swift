import KmemAnalysis
import KmemSnapshot

extension LeaksJSON {
  /// The scans that a report rests on.
  static func scan(_ scan: ScanFacts) -> JSONValue {
    .object([
      "valid": .bool(scan.isValid), "doubts": JSONValue(scan.doubts.map(\.words)),
      "scans": .array(
        scan.scans.map {
          .object([
            "startSeconds": JSONValue($0.start), "seconds": JSONValue($0.seconds),
            "complete": .bool($0.outcome == .complete), "fault": JSONValue($0.outcome.fault),
          ])
        }),
      "minimumAgeSeconds": JSONValue(scan.minimumAge), "readings": JSONValue(scan.readings),
      "aliveAtEnd": JSONValue(scan.isAliveAtEnd), "interrupted": .bool(scan.isInterrupted),
      "scanner": JSONValue(scan.scanner?.words),
    ])
  }

  /// What memory growth says of a group.
  static func growth(_ match: GrowthMatch) -> JSONValue {
    .object([
      "match": .string(match.word.rawValue),
      "places": JSONValue(match.places.map(OwnerFormat.subject)),
      "grown": .array(match.places.map { .object(JSONValue.series($0)) }),
      "bytes": .int(match.bytes),
    ])
  }
}
