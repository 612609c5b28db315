import KmemAnalysis
package import KmemSnapshot

/// What was read into a capture just taken, as text and as JSON, `kmemcheck.snap/1`.
package struct SnapSummary {
  private let capture: Capture
  private let path: String

  /// A summary of the capture that was written to the path.
  package init(_ capture: Capture, path: String) {
    self.capture = capture
    self.path = path
  }

  /// The path, and what was read; only the path if the user wants no remarks.
  package func text(isQuiet: Bool) -> String {
    guard !isQuiet else { return path + "\n" }
    var text = "\(path)\n  read \(count(.read)) sources in \(milliseconds) ms\n"
    for (outcome, paths) in gaps {
      let shown = paths.prefix(6).joined(separator: ", ")
      let more = paths.count > 6 ? " and \(paths.count - 6) more" : ""
      text += Display.wrapped("  \(outcome.rawValue): \(shown)\(more)", nil).joined() + "\n"
    }
    if let coverage = capture.processCoverage {
      text += "  \(ProcessWords.coverage(coverage))\n"
    }
    if count(.denied) > 0 { text += "  root can read what was denied\n" }
    return text
  }

  /// The summary as a JSON document, with the reason for each source that wasn't read.
  package var json: JSONValue {
    .object([
      "schema": .string("kmemcheck.snap/1"), "path": .string(path),
      "processes": capture.processCoverage.map { JSONValue($0) } ?? .null,
      "read": JSONValue(count(.read)), "milliseconds": JSONValue(milliseconds),
      "notRead": .array(
        gaps.flatMap { outcome, paths in
          paths.map { path in
            .object([
              "path": .string(path), "outcome": .string(outcome.rawValue),
              "reason": JSONValue(capture[path].reason),
            ])
          }
        }),
    ])
  }

  private func count(_ outcome: Outcome) -> Int {
    capture.sources.count { $0.value.outcome == outcome && Capture.process(of: $0.key) == nil }
  }

  /// The paths that were not read whole, by what became of them.
  private var gaps: [(Outcome, [String])] {
    let outcomes: [Outcome] = [.denied, .timedOut, .truncated, .failed]
    return outcomes.compactMap { outcome in
      let paths = capture.sources.filter { $0.value.outcome == outcome }.keys.sorted()
      return paths.isEmpty ? nil : (outcome, paths)
    }
  }

  private var milliseconds: Int {
    guard let manifest = capture.manifest else { return 0 }
    return Int(max(0, min(1e9, (manifest.end.wall - manifest.start.wall) * 1000)))
  }
}
