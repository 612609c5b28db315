package import KmemAnalysis
package import KmemSnapshot

/// What a kernel can tell as a JSON document, `kmemcheck.status/1`.
package enum StatusJSON {
  /// The document; the names of states and abilities are the enums' raw values.
  package static func document(_ status: KernelStatus) -> JSONValue {
    .object([
      "schema": .string("kmemcheck.status/1"), "release": JSONValue(status.release),
      "live": .bool(status.isLive),
      "kmemleak": .object([
        "state": .string(status.kmemleak.state.rawValue),
        "usable": .bool(status.kmemleak.state.isUsable),
        "offUntilReboot": .bool(status.kmemleak.state.isOffUntilReboot),
        "certainty": .string(status.kmemleak.certainty.rawValue),
        "evidence": JSONValue(status.kmemleak.evidence.map(\.words)),
        "remedies": .array(status.kmemleak.remedies.map(remedy)),
      ]),
      "abilities": .array(status.abilities.map(ability)),
      "remarks": JSONValue(status.remarks.map(\.words)),
      "verdict": .string(StatusSentence(status).text), "next": status.next.map(remedy) ?? .null,
    ])
  }

  private static func ability(_ ability: Ability) -> JSONValue {
    .object([
      "id": .string(ability.id.rawValue), "name": .string(ability.name),
      "gives": .string(ability.gives), "state": .string(ability.state.rawValue),
      "detail": .string(ability.detail?.words ?? ""),
      "evidence": JSONValue(ability.evidence.map(\.words)),
      "remedies": .array(ability.gap.map(remedy)),
    ])
  }

  private static func remedy(_ remedy: Remedy) -> JSONValue {
    .object([
      "kind": .string(remedy.kind.rawValue), "sentence": .string(remedy.sentence),
      "command": JSONValue(remedy.command), "menu": JSONValue(remedy.menu?.text),
      "cost": JSONValue(remedy.cost),
    ])
  }
}
