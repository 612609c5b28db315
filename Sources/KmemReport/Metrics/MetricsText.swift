package import KmemAnalysis
internal import KmemSnapshot

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
      var told: Set<String> = []
      for metric in family where told.insert(head(of: metric)).inserted { text += line(metric) }
    }
  }

  private static func line(_ metric: Metric) -> String {
    "\(head(of: metric)) \(number(metric.value))\n"
  }

  /// The name with its labels.
  ///
  /// It may stand once in the text: Prometheus refuses all of a text in which one stands twice, and a
  /// stranger could choose two names that are written alike.
  private static func head(of metric: Metric) -> String {
    let labels = metric.labels.map { "\($0.name)=\"\(escaped($0.value))\"" }.joined(separator: ",")
    return metric.name.name + (labels.isEmpty ? "" : "{\(labels)}")
  }

  /// A label's value: names are strangers', and must not end a line or a quote, nor show what isn't there.
  static func escaped(_ value: String) -> String {
    guard value.unicodeScalars.contains(where: { $0.isHostile || $0 == "\"" || $0 == "\\" }) else {
      return value
    }
    return value.unicodeScalars.reduce(into: "") { text, scalar in
      switch scalar {
      case "\\": text += "\\\\"
      case "\"": text += "\\\""
      case "\n": text += "\\n"
      default:
        let shown = TerminalText.safe(String(scalar))
        text += shown.hasPrefix("\\") ? "\\" + shown : shown
      }
    }
  }

  private static func number(_ value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "NaN" : value > 0 ? "+Inf" : "-Inf" }
    guard let whole = Int64(exactly: value) else { return "\(value)" }
    return "\(whole)"
  }
}
