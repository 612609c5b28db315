/// Amounts by stack, as text that flame graph tools read: `outermost;…;innermost bytes`.
///
/// The form is that of Brendan Gregg's FlameGraph (`stackcollapse-*.pl`). Two captures have two
/// columns, which `difffolded.pl` writes and `flamegraph.pl` reads: bytes before, bytes after.
package struct FoldedStacks {
  /// The bytes of a stack at both moments; `before` counts in comparisons only.
  package struct Amount: Hashable, Sendable {
    /// Bytes at the earlier moment.
    package var before: Int64 = 0
    /// Bytes at the only or the later moment.
    package var after: Int64 = 0
  }

  /// The stacks, the outermost frame first, each with what it holds.
  package private(set) var amounts: [[String]: Amount] = [:]
  /// Whether there are two columns.
  package let isComparison: Bool

  /// Begins without stacks.
  package init(isComparison: Bool = false) { self.isComparison = isComparison }

  /// Adds what a stack holds at the later, or only, moment; an amount of nothing has no line.
  mutating func add(_ frames: [String], _ bytes: Int64) {
    guard bytes > 0 else { return }
    let sum = amounts[Self.key(frames), default: Amount()].after.addingReportingOverflow(bytes)
    amounts[Self.key(frames), default: Amount()].after = sum.overflow ? .max : sum.partialValue
  }

  /// The stacks of two moments, side by side.
  package init(before: FoldedStacks, after: FoldedStacks) {
    isComparison = true
    for (frames, amount) in before.amounts {
      amounts[frames, default: Amount()].before = amount.after
    }
    for (frames, amount) in after.amounts {
      amounts[frames, default: Amount()].after = amount.after
    }
  }

  /// The stacks in the order of their names.
  package var sorted: [(frames: [String], amount: Amount)] {
    amounts.map { (frames: $0.key, amount: $0.value) }
      .sorted { $0.frames.lexicographicallyPrecedes($1.frames) }
  }

  /// The lines, in the order of the stacks' names; empty where nothing is held.
  package var text: String {
    sorted.map { frames, amount in
      let columns = isComparison ? "\(amount.before) \(amount.after)" : "\(amount.after)"
      return "\(frames.joined(separator: ";")) \(columns)\n"
    }.joined()
  }

  /// Frames without the characters that the form gives a meaning.
  private static func key(_ frames: [String]) -> [String] {
    frames.isEmpty ? [unknown] : frames.map(frame)
  }

  private static let unknown = "no_stack"

  /// A semicolon ends a frame, a blank begins the amounts.
  private static func frame(_ name: String) -> String {
    let frame = TerminalText.safe(name).map { character -> Character in
      character == ";" ? ":" : character.isWhitespace ? "_" : character
    }
    return frame.isEmpty ? unknown : String(frame)
  }
}
