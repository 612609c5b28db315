/// How small a leak a check could have missed, and how many iterations would show it.
package struct CheckBound: Hashable, Sendable {
  /// Bytes an iteration: growth alone would have shown a leak that loses more.
  package let bytes: Int64
  /// A tenth of it, and not less than a leak of one byte.
  package let smaller: Int64
  /// How many iterations would show a leak of `smaller` bytes.
  package let iterations: Int
}

extension CheckReport {
  /// The growth, in noises, from which on the rate is sure: `docs/verdict.md`.
  private static let noises = 15.0
  /// Bytes that a leak must fill before it is told from what fills once: eight pages of 4 KiB.
  private static let fewPages = 32768.0

  /// The smallest leak that growth would have shown wherever it is; nil where it isn't known.
  ///
  /// Noise doesn't grow with the number of iterations, and a leak does: ten times as many iterations
  /// show a tenth of it.
  package var bound: CheckBound? {
    guard growth.kind.isGrowth, !iterations.isEmpty else { return nil }
    let runs = iterations.count
    guard runs >= Self.decisive else {
      let least = growth.verdict.floor / Int64(runs)
      return CheckBound(bytes: least, smaller: least / 10, iterations: 20)
    }
    let needed = series.filter { $0.id.kind == .memoryClass && $0.side.isSuspect && !$0.isLeak }
      .map { series in
        let noise = Swift.max(Self.noises * series.trend.noise, Self.fewPages)
        return (noise + Double(series.slack)) / Double(series.trend.later)
          + Swift.max(0, series.trend.low ?? 0)
      }
    let least = needed.max() ?? Self.fewPages / Double(runs)
    let explained =
      series.filter { $0.explanation?.isSure == true && $0.id.kind != .memoryClass }
      .compactMap(\.trend.perIteration).max() ?? 0
    let bytes = Int64(Swift.max(least, explained).rounded(.up))
    return CheckBound(bytes: bytes, smaller: Swift.max(1, bytes / 10), iterations: runs * 10)
  }
}
