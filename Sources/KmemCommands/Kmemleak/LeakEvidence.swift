import KmemParsers
import KmemAnalysis
import KmemSnapshot

/// What kmemleak's report in a capture says about who owns growth.
enum LeakEvidence {
  /// The most bytes of a report that are read for this: enough for a hundred thousand objects.
  private static let limit = 64 << 20

  /// The groups that the later report has and the earlier one, where there is one, hasn't.
  static func groups(in after: Capture, since before: Capture) -> [LeakGroup] {
    guard let bytes = report(in: after) else { return [] }
    var text: LeakText
    if let known = report(in: before) {
      var baseline = LeakBaseline(boot: .same)
      baseline.read(known.span)
      text = LeakText(baseline: baseline)
    } else {
      text = LeakText()
    }
    text.read(bytes.span)
    return text.report(Snapshot(Capture(origin: after.origin, kind: after.kind))).groups
      .filter { $0.news.map { $0.new > 0 } ?? true }
  }

  private static func report(in capture: Capture) -> [UInt8]? {
    let reading = capture[KmemleakFile.path]
    guard reading.outcome == .read, !reading.bytes.isEmpty, reading.bytes.count <= limit else {
      return nil
    }
    return reading.bytes
  }
}
