/// The line through points that outliers don't bend: the median of all pairwise slopes.
///
/// Sen, "Estimates of the Regression Coefficient Based on Kendall's Tau", JASA 63 (1968).
struct TheilSen: Hashable, Sendable {
  let slope: Double
  /// The 95 % confidence interval of the slope, wider where the noise is autocorrelated.
  let low: Double
  let high: Double
  /// The value of the line at x = 0.
  let intercept: Double
  /// The spread of the points around the line, as a standard deviation.
  let noise: Double

  /// Draws the line; nil for points at fewer than two places.
  ///
  /// The work grows with the square of the number of points: thin long series first.
  init?(_ points: [TrendPoint]) {
    var slopes: [Double] = []
    slopes.reserveCapacity(points.count * points.count / 2)
    for later in points.indices.dropFirst() {
      let second = points[later]
      for earlier in 0..<later where points[earlier].x != second.x {
        slopes.append((second.y - points[earlier].y) / (second.x - points[earlier].x))
      }
    }
    slopes.sort()
    guard let slope = slopes.quantile(0.5) else { return nil }
    self.slope = slope
    let levels = points.map { $0.y - slope * $0.x }
    intercept = levels.median ?? 0
    noise = levels.medianDeviation
    let residuals = levels.map { [intercept] in $0 - intercept }
    let variance = MannKendall.variance(points.map(\.y)) * MannKendall.varianceFactor(residuals)
    let half = 1.96 * variance.squareRoot() / Double(slopes.count) / 2
    low = slopes.quantile(max(0, 0.5 - half)) ?? slope
    high = slopes.quantile(min(1, 0.5 + half)) ?? slope
  }

  /// The difference between each value and the line.
  func residuals(_ points: [TrendPoint]) -> [Double] {
    points.map { $0.y - intercept - slope * $0.x }
  }
}
