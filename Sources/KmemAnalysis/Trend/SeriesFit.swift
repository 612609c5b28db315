/// The line through a series' floors after warm-up, and the tests of whether it rises.
struct SeriesFit: Sendable {
  /// Seconds of the series taken for warm-up.
  let warmUp: Double
  /// The values judged: those after warm-up.
  let points: [TrendPoint]
  let line: TheilSen
  let test: MannKendall
  let straightness: Straightness

  init?(_ points: [TrendPoint], from start: Double) {
    let later = points.filter { $0.x >= start }
    let floors = later.floors(atMost: Self.floors(later.count))
    guard let line = TheilSen(floors) else { return nil }
    warmUp = start
    self.points = later
    self.line = line
    test = MannKendall(floors, around: line)
    straightness = Straightness(later)
  }

  /// How many floors stand for this many values: one for five, within limits.
  ///
  /// The cost of the tests grows with the square of the floors; too few floors would leave too
  /// little to test.
  static func floors(_ values: Int) -> Int { min(120, max(24, values / 5)) }

  /// The fit with the shortest warm-up after which the growth keeps its rate.
  ///
  /// Warm-up is a fifth of the time, else a third, else half. A leak goes on after any of them, so
  /// that a longer warm-up costs samples and hides no leak.
  static func chosen(_ points: [TrendPoint]) -> SeriesFit? {
    guard let first = points.first, let last = points.last else { return nil }
    var fit: SeriesFit?
    for share in [0.2, 1.0 / 3, 0.5] {
      guard let next = SeriesFit(points, from: first.x + share * (last.x - first.x)) else {
        continue
      }
      fit = next
      if !next.fades { break }
    }
    return fit
  }

  /// Seconds from the first value judged to the last.
  var seconds: Double { (points.last?.x ?? 0) - (points.first?.x ?? 0) }

  /// What the line rises by in the time judged.
  var growth: Double { line.slope * seconds }

  /// Whether the second half of the time has much less than half of the rise.
  var fades: Bool {
    guard line.slope > 0, points.count >= 6, let half = points.runs(2).last else { return false }
    let floors = Array(half).floors(atMost: Self.floors(half.count))
    return (TheilSen(floors)?.slope ?? 0) < line.slope / 3
  }
}
