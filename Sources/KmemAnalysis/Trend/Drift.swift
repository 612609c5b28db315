/// Whether the floors of consecutive parts keep rising, by Student's test of their differences.
///
/// A trend test takes a random walk for a trend, whatever its correction for autocorrelation. The
/// steps of a walk cancel out, though, and so do a sawtooth's and a single jump's: only steps that
/// keep one sign and size, as a leak's do, make their mean large against their spread.
struct Drift: Hashable, Sendable {
  /// The floor of each part less that of the part before.
  let steps: [Double]
  /// The chance of steps so large and even without a drift.
  let chance: Double

  /// The test over eight parts, or fewer where there are less than 16 points.
  init(_ points: [TrendPoint]) {
    // An even number of parts leaves an even number of degrees of freedom, whose tail is exact.
    let parts = Swift.min(8, points.count / 4 * 2)
    let floors = points.runs(parts).compactMap { run in run.map(\.y).min() }
    steps = zip(floors, floors.dropFirst()).map { $1 - $0 }
    guard parts >= 4 else {
      chance = 1
      return
    }
    let mean = steps.mean
    let squares = steps.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let error = (squares / Double(steps.count - 1) / Double(steps.count)).squareRoot()
    let t = error > 0 ? mean / error : mean > 0 ? .infinity : -.infinity
    chance = Distribution.studentTail(t, evenDegrees: parts - 2)
  }
}
