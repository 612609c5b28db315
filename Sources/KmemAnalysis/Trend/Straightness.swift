/// How straight the floors of consecutive parts rise: their regression's slope over its own error.
///
/// A trend test takes a random walk for a trend, whatever its correction for autocorrelation. A
/// walk bends, though, and so do a sawtooth, a jump and a cache that fills: only an amount that
/// keeps its rate, as a leak does, lies close to its own line. The value is computed like Student's
/// t of ordinary least squares, but isn't distributed like it: for parts that depend on each other
/// only a much larger value means something. How large it must be has been measured
/// (docs/verdict.md).
struct Straightness: Hashable, Sendable {
  /// The slope in units of its error; zero where there are too few points.
  let t: Double

  /// The regression over twelve parts, or six to eleven where there are less than 24 points.
  init(_ points: [TrendPoint]) {
    let parts = Swift.min(12, points.count / 2)
    guard parts >= 6 else {
      t = 0
      return
    }
    let floors = points.runs(parts).map { run in
      TrendPoint(x: run.map(\.x).mean, y: run.map(\.y).min() ?? 0)
    }
    let (x, y) = (floors.map(\.x).mean, floors.map(\.y).mean)
    let sxx = floors.reduce(0) { $0 + ($1.x - x) * ($1.x - x) }
    let sxy = floors.reduce(0) { $0 + ($1.x - x) * ($1.y - y) }
    let slope = sxx > 0 ? sxy / sxx : 0
    let rest = floors.reduce(0) { sum, floor in
      let distance = floor.y - y - slope * (floor.x - x)
      return sum + distance * distance
    }
    let error = (rest / Double(parts - 2) / Swift.max(sxx, 1e-300)).squareRoot()
    // Without any error every rise is straight; a million stands for infinity, as it can be
    // compared.
    t = slope == 0 ? 0 : error > 0 ? Swift.min(1e6, slope / error) : 1e6 * (slope > 0 ? 1 : -1)
  }
}
