/// What a server that speaks the HTTP API of Prometheus answers to a query.
///
/// The form is that of `/api/v1/query` and `/api/v1/query_range`, which Thanos, Mimir and
/// VictoriaMetrics have too.
package struct PrometheusAnswer: Hashable, Sendable {
  /// One series of the answer.
  package struct Series: Hashable, Sendable {
    /// The labels by their names.
    package fileprivate(set) var labels: [String: String] = [:]
    /// Seconds since 1970 of each value.
    package fileprivate(set) var times: [Double] = []
    /// The values.
    package fileprivate(set) var values: [Double] = []
  }

  /// The series, in the server's order.
  package private(set) var series: [Series] = []
  /// What the server says beside its answer: some of its stores may not have answered.
  package private(set) var warnings: [String] = []
  /// Why there is no answer; nil where there is one.
  package private(set) var error: String?
  /// Whether the text has the `status` that every answer of the API has.
  private var hasStatus = false

  /// Takes an answer apart; nothing if it is none of this API.
  package init?(_ bytes: [UInt8]) {
    var reader = JSONReader(bytes)
    do throws(JSONReader.Mistake) {
      try reader.object { (key, reader) throws(JSONReader.Mistake) in
        switch key {
        case "status":
          hasStatus = true
          _ = try reader.string()
        case "error": error = try reader.string()
        case "warnings":
          try reader.array { (reader) throws(JSONReader.Mistake) in
            warnings.append(try reader.string())
          }
        case "data": try takeData(&reader)
        default: try reader.skip()
        }
      }
    } catch {
      return nil
    }
    guard hasStatus else { return nil }
  }

  private mutating func takeData(_ reader: inout JSONReader) throws(JSONReader.Mistake) {
    try reader.object { (key, reader) throws(JSONReader.Mistake) in
      guard key == "result" else { return try reader.skip() }
      try reader.array { (reader) throws(JSONReader.Mistake) in
        series.append(try Self.series(&reader))
      }
    }
  }

  private static func series(_ reader: inout JSONReader) throws(JSONReader.Mistake) -> Series {
    var series = Series()
    try reader.object { (key, reader) throws(JSONReader.Mistake) in
      switch key {
      case "metric":
        try reader.object { (name, reader) throws(JSONReader.Mistake) in
          series.labels[name] = try reader.string()
        }
      case "value": try series.take(&reader)
      case "values":
        try reader.array { (reader) throws(JSONReader.Mistake) in try series.take(&reader) }
      default: try reader.skip()
      }
    }
    return series
  }
}

extension PrometheusAnswer.Series {
  /// Takes a pair of a time and a value.
  fileprivate mutating func take(_ reader: inout JSONReader) throws(JSONReader.Mistake) {
    var pair: [Double] = []
    try reader.array { (reader) throws(JSONReader.Mistake) in pair.append(try reader.number()) }
    guard pair.count == 2 else { return }
    times.append(pair[0])
    values.append(pair[1])
  }
}
