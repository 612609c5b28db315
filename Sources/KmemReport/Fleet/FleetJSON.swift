package import KmemAnalysis
package import KmemSnapshot

/// The verdict on many machines as a JSON document, `kmemcheck.fleet/1`.
package enum FleetJSON {
  /// The document; rates are per second.
  package static func document(_ report: FleetReport) -> JSONValue {
    .object([
      "schema": .string("kmemcheck.fleet/1"), "origin": .string(report.origin),
      "machines": JSONValue(report.count), "leaking": .array(report.leaking.map(host)),
      "others": .array(report.others.map(host)), "shared": .array(report.shared.map(shared)),
      "remarks": JSONValue(report.remarks.map(\.sentence)),
      "verdict": .object([
        "leaking": JSONValue(report.leaking.count),
        "undecided": JSONValue(report.undecided.count),
        "sentence": .string(FleetVerdict(report).sentence),
      ]),
    ])
  }

  private static func host(_ host: FleetHost) -> JSONValue {
    .object([
      "name": .string(host.name), "verdict": .string(host.verdict.rawValue),
      "word": .string(host.verdict.conclusion.rawValue),
      "culprit": host.culprit.map(growing) ?? .null,
      "exhaustionSeconds": JSONValue(host.exhaustion), "seconds": .double(host.seconds),
      "samples": JSONValue(host.samples),
      "judgedBy": .string(host.isRecorders ? "recorder" : "samples"),
    ])
  }

  private static func growing(_ row: FleetHost.Growing) -> JSONValue {
    [
      "unit": .unit(row.id.unit), "perSecond": JSONValue(row.rate), "low": JSONValue(row.low),
      "high": JSONValue(row.high),
      "place": row.place.map { .object(JSONValue.series($0)) } ?? .null,
      "module": JSONValue(row.owner?.module), "function": JSONValue(row.owner?.function),
    ].adding(JSONValue.series(row.id))
  }

  private static func shared(_ trait: SharedTrait) -> JSONValue {
    .object([
      "kind": .string(trait.trait.kind.rawValue), "name": .string(trait.trait.name),
      "leakingWith": JSONValue(trait.leakingWith), "leaking": JSONValue(trait.leaking),
      "othersWith": JSONValue(trait.othersWith), "others": JSONValue(trait.others),
      "chance": .double(trait.chance), "adjustedChance": .double(trait.adjustedChance),
      "significant": .bool(trait.isSignificant),
    ])
  }
}
