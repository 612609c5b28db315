import KmemAnalysis
import KmemReport
import KmemSnapshot

/// What is said of a capture just taken.
struct SnapSummary {
  let capture: Capture
  let path: String

  init(_ capture: Capture, path: String) {
    self.capture = capture
    self.path = path
  }

  /// The path, and what was read; the path alone when remarks are unwanted.
  func text(_ isQuiet: Bool) -> String {
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

  var json: JSONValue {
    .object([
      "schema": .string("kmemcheck.snap/1"), "path": .string(path),
      "processes": capture.processCoverage.map { JSONValue($0) } ?? .null,
      "read": .int(Int64(count(.read))), "milliseconds": .int(Int64(milliseconds)),
      "notRead": .array(
        gaps.flatMap { outcome, paths in
          paths.map { path in
            .object([
              "path": .string(path), "outcome": .string(outcome.rawValue),
              "reason": capture[path].reason.map(JSONValue.string) ?? .null,
            ])
          }
        }),
    ])
  }

  private func count(_ outcome: Outcome) -> Int {
    capture.sources.count { $0.value.outcome == outcome && Capture.process(of: $0.key) == nil }
  }

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
