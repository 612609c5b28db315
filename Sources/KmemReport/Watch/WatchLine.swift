package import KmemAnalysis

/// The state of a watch in one line, for logs, where nothing is drawn again.
package enum WatchLine {
  /// The line: memory in use, what grows, and the conclusion so far.
  package static func text(_ report: WatchReport) -> String {
    let inUse = report.inUse.map { "in use \(WatchWords.amount($0, $0.latest))" }
    let gained = report.inUse.map { "(\(WatchWords.gained($0)))" }
    let growing = (report.culprit ?? report.growing.first).map {
      "\(WatchWords.grows($0)) by \(WatchWords.hourly($0, $0.rate))"
    }
    let open = report.openRow.map {
      "\($0.id.title) may be growing by \(WatchWords.hourly($0, $0.rate))"
    }
    let state = growing ?? open ?? "no growth"
    let amounts = [inUse, gained].compactMap(\.self).joined(separator: " ")
    let facts = amounts.isEmpty ? state : "\(amounts); \(state)"
    return Display.safe(
      "\(Amount.duration(report.seconds)), \(WatchWords.samples(report.samples)): \(facts)")
  }
}
