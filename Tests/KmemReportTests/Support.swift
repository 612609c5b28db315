import KmemTestSupport
import Testing

@testable import KmemReport

/// Compares an answer with the one written down in `Fixtures/golden`.
func expectGolden(
  _ name: String, _ text: String, sourceLocation: SourceLocation = #_sourceLocation
) {
  guard let difference = Golden.difference(name, text) else { return }
  Issue.record(Comment(rawValue: difference), sourceLocation: sourceLocation)
}

/// Pairs of fixtures that are compared, under the name of their golden files.
let comparisons: [(name: String, before: String, after: String)] = [
  ("6.18-guest", "captures/6.18-guest-before", "captures/6.18-guest-after"),
  (
    "4.18-vmalloc-leak", "synthetic/4.18-vmalloc-leak-before", "synthetic/4.18-vmalloc-leak-after"
  ),
  ("6.12-allocinfo", "synthetic/6.12-allocinfo-before", "synthetic/6.12-allocinfo-after"),
  ("other-machine", "synthetic/lxcfs-container", "synthetic/6.1-arm64-64k"),
  ("nothing-changed", "synthetic/3.10-slub", "synthetic/3.10-slub"),
]

/// The forms in which text is written down: two terminals and a pipe.
let widths = [80, 160]

/// What every answer must keep, whatever it says.
func expectDecency(
  _ text: String, width: Int?, sourceLocation: SourceLocation = #_sourceLocation
) {
  let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  #expect(text.hasSuffix("\n") && !text.hasSuffix("\n\n"), sourceLocation: sourceLocation)
  for line in lines {
    #expect(line.last != " ", "ends in a blank: \(line)", sourceLocation: sourceLocation)
    #expect(!line.unicodeScalars.contains("\u{1B}"), "\(line)", sourceLocation: sourceLocation)
    guard let width else { continue }
    #expect(
      TerminalText.width(String(line)) <= width,
      "\(TerminalText.width(String(line))) columns instead of \(width): \(line)",
      sourceLocation: sourceLocation)
  }
}

/// Where the last sentence begins: the verdict may be broken into several lines.
func lastParagraph(_ text: String) -> String {
  let blocks = text.split(separator: "\n\n", omittingEmptySubsequences: true)
  return String(blocks.last ?? "").split(separator: "\n").joined(separator: " ")
}
