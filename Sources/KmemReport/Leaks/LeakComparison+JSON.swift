import KmemAnalysis
internal import KmemSnapshot

/// What the documents on leaks of the kernel and of programs have in common.
extension LeakComparison {
  /// The sums, and what became of each fingerprint.
  var members: [String: JSONValue] {
    [
      "new": .int(new), "still": .int(still), "gone": .int(gone),
      "fingerprints": .array(
        lines.map { line in
          .object([
            "fingerprint": .string(line.fingerprint), "before": .int(line.before),
            "now": .int(line.now), "new": .int(line.new), "still": .int(line.still),
            "gone": .int(line.gone),
          ])
        }),
    ]
  }
}

extension Suppression {
  /// What the rule left out, counted in these things.
  func json(of things: String) -> JSONValue {
    .object([
      "place": .string(place), "reason": .string(reason), things: .int(objects),
      "bytes": .int(bytes),
    ])
  }
}
