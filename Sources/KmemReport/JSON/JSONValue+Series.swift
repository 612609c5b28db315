import KmemAnalysis
internal import KmemSnapshot

extension JSONValue {
  /// What an amount is of, the same in every document: kind, id and title.
  static func series(_ series: SeriesID) -> [String: JSONValue] {
    [
      "kind": .string(series.kind.rawValue), "id": .string(series.key),
      "title": .string(series.title),
    ]
  }

  static func unit(_ unit: TrendUnit) -> JSONValue {
    switch unit {
    case .bytes, .addressSpace: .string("bytes")
    case .count(let things): .string(things.rawValue)
    }
  }
}

extension [String: JSONValue] {
  /// The members of both; no key may be in both.
  func adding(_ others: [String: JSONValue]) -> JSONValue {
    .object(merging(others) { first, _ in first })
  }
}
