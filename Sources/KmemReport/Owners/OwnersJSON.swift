import KmemAnalysis
internal import KmemSnapshot

extension JSONValue {
  /// The owners of growth, with all candidates.
  static func owners(_ attributions: [Attribution]) -> JSONValue {
    .array(attributions.map(attribution))
  }

  private static func attribution(_ attribution: Attribution) -> JSONValue {
    [
      "growth": .int(attribution.growth),
      "exactGrowth": .int(attribution.exactGrowth), "aliases": JSONValue(attribution.aliases),
      "candidates": .array(
        attribution.candidates.map { candidate($0, share: attribution.share(of: $0)) }),
      "nextStep": remedy(attribution.nextStep),
    ].adding(series(attribution.subject))
  }

  static func candidate(_ candidate: Candidate, share: Double?) -> JSONValue {
    let owner = candidate.owner
    return .object([
      "module": JSONValue(owner.module), "function": JSONValue(owner.function),
      "file": JSONValue(owner.file), "line": JSONValue(owner.line),
      "directory": JSONValue(owner.directory),
      "confidence": .string(candidate.confidence.rawValue),
      "growth": JSONValue(candidate.growth), "count": JSONValue(candidate.count),
      "share": JSONValue(share),
      "evidence": .array(
        candidate.evidence.map { evidence in
          .object([
            "kind": .string(evidence.kind.rawValue), "words": .string(evidence.words),
            "stack": JSONValue(evidence.stack),
          ])
        }),
    ])
  }

  private static func remedy(_ remedy: Remedy?) -> JSONValue {
    guard let remedy else { return .null }
    return .object([
      "kind": .string(remedy.kind.rawValue), "text": .string(remedy.text),
      "command": JSONValue(remedy.command), "cost": JSONValue(remedy.cost),
    ])
  }

  /// Memory, or growth, by holder.
  static func ledger(_ ledger: HolderTotals) -> JSONValue {
    func columns(_ amounts: [KernelHolders.Column: Int64]) -> [String: JSONValue] {
      Dictionary(
        uniqueKeysWithValues: KernelHolders.Column.allCases.map {
          ($0.rawValue, JSONValue.int(amounts[$0] ?? 0))
        })
    }
    let rows = ledger.rows.map { row in
      JSONValue.object(
        columns(row.columns).merging([
          "name": .string(row.holder.title), "isModule": .bool(row.holder.module != nil),
          "total": .int(row.total),
          "inferred": .bool(row.isInferred),
        ]) { amount, _ in amount })
    }
    let rest = columns(ledger.rest).merging(["total": .int(ledger.rest.values.sum { $0 })]) { $1 }
    return .object(["holders": .array(rows), "rest": .object(rest)])
  }
}
