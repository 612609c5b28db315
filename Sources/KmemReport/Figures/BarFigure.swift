/// Amounts as bars, one below the other, from zero on one scale.
package struct BarFigure: Hashable, Sendable {
  /// What the picture shows, for readers who don't see it.
  package let title: String
  /// The bars, from top to bottom.
  package let rows: [Row]
  /// The amount at the right end; nil for the longest bar's.
  package var whole: Double?
  /// What the colours stand for.
  package var legend: [Key] = []

  /// One bar.
  package struct Row: Hashable, Sendable {
    /// What it is of.
    package let label: String
    /// Its amount in words.
    package let words: String
    /// Its parts, from zero on; an amount below zero goes to the left.
    package let parts: [Part]
    /// Amounts that are marked beside the bar, each on the bar's own scale.
    package var marks: [Mark] = []
    /// The amount at the right end of this bar alone, where each has a scale of its own.
    package var whole: Double?
  }

  /// A part of a bar.
  package struct Part: Hashable, Sendable {
    /// Its length.
    package let amount: Double
    /// What the colour stands for.
    package let hue: Hue
    /// What it is, and how much, in words.
    package let words: String
  }

  /// An amount that is marked.
  package struct Mark: Hashable, Sendable {
    /// Where the mark stands.
    package let amount: Double
    /// What it is, and how much, in words.
    package let words: String
  }

  /// What a colour stands for.
  package struct Key: Hashable, Sendable {
    /// The colour.
    package let hue: Hue
    /// Its meaning.
    package let words: String
  }
}

extension BarFigure {
  /// The amount at the left end: zero, or the least one below it.
  package var least: Double { min(0, rows.flatMap(\.parts).map(\.amount).min() ?? 0) }

  /// The amount at the right end.
  package var most: Double {
    whole ?? rows.map { $0.parts.reduce(0) { $0 + max(0, $1.amount) } }.max() ?? 0
  }
}
