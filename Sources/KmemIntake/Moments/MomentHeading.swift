/// A line that people put above what they paste: `before:`, `=== after 1 hour ===`, `# with patch`.
struct MomentHeading {
  let words: String

  /// Nothing for a line of prose.
  init?(line: String) {
    let text = line.trimming(\.isWhitespace)
    let bare = text.trimming { $0.isWhitespace || "=-#*_~<>[](){}:".contains($0) }
    let words = bare.lowercased().split { !$0.isLetter }
    guard !words.isEmpty, words.count <= 10, bare.count <= 80 else { return nil }
    let isFramed = bare.startIndex > text.startIndex || text.last == ":"
    guard isFramed || words.count <= 6 && words.contains(where: Self.telling.contains) else {
      return nil
    }
    self.words = String(bare)
  }

  static let telling: Set<Substring> = [
    "before", "after", "start", "end", "boot", "later", "with", "without", "initial", "final",
    "now", "first", "second", "fresh", "idle",
  ]
}
