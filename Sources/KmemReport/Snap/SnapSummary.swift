package import KmemSnapshot

/// What was read into a capture just taken.
package struct SnapSummary {
  let capture: Capture
  let path: String

  /// A summary of the capture that was written to the path.
  package init(_ capture: Capture, path: String) {
    self.capture = capture
    self.path = path
  }

  /// How many sources were so, files of processes left out.
  func count(_ outcome: Outcome) -> Int {
    capture.sources.count { $0.value.outcome == outcome && Capture.process(of: $0.key) == nil }
  }

  /// The paths that were not read whole, by what became of them.
  var gaps: [(Outcome, [String])] {
    let outcomes: [Outcome] = [.denied, .timedOut, .truncated, .failed]
    return outcomes.compactMap { outcome in
      let paths = capture.sources.filter { $0.value.outcome == outcome }.keys.sorted()
      return paths.isEmpty ? nil : (outcome, paths)
    }
  }

  /// How long reading took.
  var milliseconds: Int {
    guard let manifest = capture.manifest else { return 0 }
    return Int(max(0, min(1e9, (manifest.end.wall - manifest.start.wall) * 1000)))
  }
}
