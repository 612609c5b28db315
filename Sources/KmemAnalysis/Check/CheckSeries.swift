/// What running the command did to one amount.
package struct CheckSeries: Sendable {
  package let id: SeriesID
  /// Whose it is: only what is the kernel's own, or in no class, can be a leak.
  package let side: MemorySide
  package let values: [Int64?]
  package let trend: IterationTrend
  /// Growth up to this may be free objects that processors keep at hand; bytes.
  package let slack: Int64

  package var isLeak: Bool { side.isSuspect && trend.word == .leaks && growth > slack }

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
