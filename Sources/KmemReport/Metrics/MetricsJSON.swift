package import KmemAnalysis
package import KmemSnapshot

/// Metrics as a JSON document, `kmemcheck.metrics/1`.
package enum MetricsJSON {
  /// The document: a list of values, each with its name and labels; what is infinite is null.
  package static func document(_ metrics: [Metric]) -> JSONValue {
    .object([
      "schema": .string("kmemcheck.metrics/1"),
      "metrics": .array(
        metrics.map { metric in
          .object([
            "name": .string(metric.name.name),
            "labels": .object(
              Dictionary(metric.labels.map { ($0.name, .string($0.value)) }) { first, _ in first }),
            "value": JSONValue(metric.value),
          ])
        }),
    ])
  }
}
