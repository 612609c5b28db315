package import KmemAnalysis

/// Stacks as flamegraph.pl, inferno and speedscope read them: one a line, frames joined by semicolons,
/// and bytes; of two moments the bytes before and after, as difffolded.pl writes them.
package struct FoldedText {
  private let before: FoldedStacks?
  private let after: FoldedStacks

  /// Takes the stacks of one moment, or of two.
  package init(_ after: FoldedStacks, since before: FoldedStacks? = nil) {
    self.after = after
    self.before = before
  }

  /// The lines, in the order of the stacks' names.
  package var text: String {
    let stacks = Set(after.bytes.keys).union(before?.bytes.keys ?? [:].keys)
    let lines = stacks.map { stack in
      let names = stack.map(Self.word).joined(separator: ";")
      let amount = "\(after.bytes[stack] ?? 0)"
      return before.map { "\(names) \($0.bytes[stack] ?? 0) \(amount)\n" } ?? "\(names) \(amount)\n"
    }
    return lines.sorted().joined()
  }

  /// A name without what has a meaning in these lines: blanks and semicolons.
  static func word(_ name: String) -> String {
    let word = TerminalText.safe(name).map { character -> Character in
      character == ";" ? ":" : character.isWhitespace ? "_" : character
    }
    return word.isEmpty ? "?" : String(word)
  }
}
