import KmemParsers
import KmemAnalysis
import KmemSnapshot

extension Capture {
  /// The groups of this capture's kmemleak report that the report of the earlier capture doesn't have.
  ///
  /// They tell the owners of growth. All groups are new where the earlier capture holds no report.
  func newLeakGroups(since before: Capture) -> [LeakGroup] {
    guard let bytes = leakReport else { return [] }
    var text: LeakReportBuilder
    if let known = before.leakReport {
      var baseline = LeakBaseline(boot: .same)
      baseline.read(known.span)
      text = LeakReportBuilder(baseline: baseline)
    } else {
      text = LeakReportBuilder()
    }
    text.read(bytes.span)
    return text.report(Snapshot(Capture(origin: origin, kind: kind))).groups
      .filter { $0.news.map { $0.new > 0 } ?? true }
  }

  /// kmemleak's report, unless it has more bytes than are read for evidence: enough for a hundred
  /// thousand objects.
  private var leakReport: [UInt8]? {
    let reading = self[KmemleakFile.path]
    guard reading.outcome == .read, !reading.bytes.isEmpty, reading.bytes.count <= 64 << 20 else {
      return nil
    }
    return reading.bytes
  }
}
