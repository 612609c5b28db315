/// One amount before the command and after each run.
package struct CheckSeries: Sendable {
  /// Which amount it is.
  package let id: SeriesID
  /// Whose the memory is: only the kernel's own, or memory in no class, can leak.
  package let side: MemorySide
  /// The amounts, that before the command first; nil where one isn't known.
  package let values: [Int64?]
  /// What the amounts show.
  package let trend: IterationTrend
  /// Bytes of growth that may be free objects which processors keep at hand.
  package let slack: Int64

  /// Whether the amount leaks: the kernel's own memory, more at each iteration, beyond the slack.
  package var isLeak: Bool { side.isSuspect && trend.word == .leaks && growth > slack }

  /// The difference between the last known amount and the first, in bytes.
  package var growth: Int64 {
    let known = values.compactMap(\.self)
    return (known.last ?? 0).minus(known.first ?? 0)
  }

  static func isWorse(_ one: CheckSeries, _ other: CheckSeries) -> Bool {
    if one.isLeak != other.isLeak { return one.isLeak }
    if one.side.isSuspect != other.side.isSuspect { return one.side.isSuspect }
    let rates = (one.trend.perIteration ?? 0, other.trend.perIteration ?? 0)
    if one.isLeak, rates.0 != rates.1 { return rates.0 > rates.1 }
    if one.growth != other.growth { return one.growth > other.growth }
    return one.id.precedes(other.id)
  }
}
