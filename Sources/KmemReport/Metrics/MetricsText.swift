package import KmemAnalysis

/// Metrics in the text format 0.0.4 of Prometheus, without times: those are the scraper's.
package enum MetricsText {
  /// The type of the format for HTTP.
  package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

  /// The whole text; families in their order, each under its help and type.
  package static func text(_ metrics: [Metric]) -> String {
    let families = Dictionary(grouping: metrics, by: \.name)
    return MetricName.allCases.reduce(into: "") { text, name in
      guard let family = families[name] else { return }
      text += "# HELP \(name.name) \(name.help)\n# TYPE \(name.name) \(name.type)\n"
      for metric in family { text += line(metric) }
    }
  }

  private static func line(_ metric: Metric) -> String {
    let labels = metric.labels.map { "\($0.name)=\"\(escaped($0.value))\"" }.joined(separator: ",")
    return metric.name.name + (labels.isEmpty ? "" : "{\(labels)}") + " \(number(metric.value))\n"
  }

  /// A label's value: names are strangers', and must not end a line or a quote.
  static func escaped(_ value: String) -> String {
    guard value.utf8.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C || $0 == 0x7F }) else {
      return value
    }
    return value.unicodeScalars.reduce(into: "") { text, scalar in
      switch scalar {
      case "\\": text += "\\\\"
      case "\"": text += "\\\""
      case "\n": text += "\\n"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        text += "\\\\x\(String(scalar.value, radix: 16))"
      default: text.unicodeScalars.append(scalar)
      }
    }
  }

  private static func number(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "NaN" : value > 0 ? "+Inf" : "-Inf" }
    guard let whole = Int64(exactly: value) else { return "\(value)" }
    return "\(whole)"
  }
}
