package import KmemAnalysis

/// The state of a watch in one line, for logs, where nothing is drawn again.
package enum WatchLine {
  /// The line: memory in use, what grows, and the conclusion so far.
  package static func text(_ report: WatchReport) -> String {
    let inUse = report.inUse.map { "in use \(WatchFormat.amount($0, $0.latest))" }
    let growth = report.inUse.map { "(\(WatchFormat.growth($0)))" }
    let growing = (report.culprit ?? report.growing.first).map {
      "\(WatchFormat.grows($0)) by \(WatchFormat.hourly($0, $0.rate))"
    }
    let open = report.openRow.map {
      "\($0.id.title) may be growing by \(WatchFormat.hourly($0, $0.rate))"
    }
    let state = growing ?? open ?? "no growth"
    let amounts = [inUse, growth].compactMap(\.self).joined(separator: " ")
    let facts = amounts.isEmpty ? state : "\(amounts); \(state)"
    return TerminalText.safe(
      "\(Amount.duration(report.seconds)), \(WatchFormat.samples(report.samples)): \(facts)")
  }
}
