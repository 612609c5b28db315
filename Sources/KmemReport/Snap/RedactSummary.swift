package import KmemSnapshot

/// What redaction replaced in a capture, and what it left out.
package struct RedactSummary {
  private let facts: RedactionFacts
  private let path: String

  /// A summary of the redacted capture that was written to the path.
  package init(_ capture: Capture, path: String) {
    facts = capture.manifest?.redaction ?? RedactionFacts(key: "")
    self.path = path
  }

  /// The path, and below it what was replaced; only the path if the user wants no remarks.
  package func text(isQuiet: Bool) -> String {
    let path = TerminalText.safe(path)
    guard !isQuiet else { return path + "\n" }
    let kinds = facts.replaced.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
    var lines = ["  replaced: \(kinds.isEmpty ? "nothing" : kinds.joined(separator: ", "))"]
    let removed = facts.removedLines.values.reduce(0, +)
    if removed > 0 { lines.append("  removed: \(removed) lines that aren't known whole") }
    if !facts.leftOut.isEmpty {
      let shown = facts.leftOut.prefix(6).map(TerminalText.safe).joined(separator: ", ")
      let more = facts.leftOut.count > 6 ? " and \(facts.leftOut.count - 6) more" : ""
      lines.append("  left out: \(shown)\(more)")
    }
    return ([path] + lines).joined(separator: "\n") + "\n"
  }

  /// The same as a JSON document, `kmemcheck.redact/1`.
  package var json: JSONValue {
    .object([
      "schema": .string("kmemcheck.redact/1"), "path": .string(path),
      "replaced": .object(facts.replaced.mapValues { JSONValue($0) }),
      "removedLines": .object(facts.removedLines.mapValues { JSONValue($0) }),
      "leftOut": .array(facts.leftOut.map { .string($0) }),
    ])
  }
}
