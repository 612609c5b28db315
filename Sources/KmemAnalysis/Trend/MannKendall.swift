/// The Mann-Kendall test for a rise, corrected for ties and autocorrelation.
///
/// Ties: Kendall, "Rank Correlation Methods" (1975). Autocorrelation: Hamed and Rao, "A modified
/// Mann-Kendall trend test for autocorrelated data", Journal of Hydrology 204 (1998). It keeps the
/// data as they are; pre-whitening takes a part of the trend away with the autocorrelation.
struct MannKendall: Hashable, Sendable {
  /// Pairs that rise less pairs that fall.
  let score: Int
  /// What autocorrelation multiplies the score's variance by; never below one.
  let varianceFactor: Double
  let z: Double

  /// The chance of so high a score without a rise.
  var chance: Double { Distribution.normalTail(z) }

  /// Tests points; `line` is the one drawn through them, which leaves the residuals.
  init(_ points: [TrendPoint], around line: TheilSen) {
    let values = points.map(\.y)
    score = Self.score(values)
    varianceFactor = Self.varianceFactor(line.residuals(points))
    let deviation = (Self.variance(values) * varianceFactor).squareRoot()
    z = deviation > 0 ? Double(score - score.signum()) / deviation : 0
  }

  private static func score(_ values: [Double]) -> Int {
    var score = 0
    for later in values.indices.dropFirst() {
      for earlier in 0..<later where values[earlier] != values[later] {
        score += values[earlier] < values[later] ? 1 : -1
      }
    }
    return score
  }

  /// The variance of the score of values in any order.
  static func variance(_ values: [Double]) -> Double {
    func term(_ n: Double) -> Double { n * (n - 1) * (2 * n + 5) }
    var ties: [Double: Int] = [:]
    for value in values { ties[value, default: 0] += 1 }
    let tied = ties.values.filter { $0 > 1 }.reduce(0) { $0 + term(Double($1)) }
    return (term(Double(values.count)) - tied) / 18
  }

  /// Hamed and Rao's factor, from the autocorrelation of the ranks of the residuals.
  ///
  /// Lags are taken up to the first that is no longer significant, since the later ones of a short
  /// series are mostly chance. Factors below one aren't used.
  static func varianceFactor(_ residuals: [Double]) -> Double {
    let n = Double(residuals.count)
    guard n > 3 else { return 1 }
    let ranks = Self.ranks(residuals)
    let centred = ranks.map { $0 - ranks.mean }
    let power = centred.reduce(0) { $0 + $1 * $1 }
    guard power > 0 else { return 1 }
    var sum = 0.0
    for lag in 1..<(residuals.count - 2) {
      let products = zip(centred, centred.dropFirst(lag)).reduce(0) { $0 + $1.0 * $1.1 }
      let correlation = products / power
      guard correlation > 1.96 / n.squareRoot() else { break }
      let rest = n - Double(lag)
      sum += rest * (rest - 1) * (rest - 2) * correlation
    }
    return max(1, 1 + 2 * sum / (n * (n - 1) * (n - 2)))
  }

  /// The place of each value in order; equal values share the mean of their places.
  static func ranks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start
      while end + 1 < order.count, values[order[end + 1]] == values[order[start]] { end += 1 }
      for place in start...end { ranks[order[place]] = Double(start + end) / 2 + 1 }
      start = end + 1
    }
    return ranks
  }
}
