/// The line through the amounts after warm-up, and the tests of whether it rises.
struct IterationFit: Sendable {
  /// The iteration whose amount is the first one judged.
  let start: Int
  let points: [TrendPoint]
  /// The amount at the start, less the baseline.
  let warmUpGrowth: Double
  let line: TheilSen
  let test: MannKendall
  let straightness: Straightness
  /// Where the amount rose.
  let rises: [TrendPoint]
  let falls: Int

  /// More points than this are thinned to floors, since the work grows with their square.
  private static let mostPoints = 120

  init?(_ points: [TrendPoint], from start: Int) {
    let later = points.filter { $0.x >= Double(start) }
    guard let first = later.first else { return nil }
    self.start = start
    self.points = later
    warmUpGrowth = first.y
    rises = later.rises
    falls = later.falls
    let floors = later.floors(atMost: Self.mostPoints)
    guard let all = TheilSen(floors) else { return nil }
    test = MannKendall(floors, around: all)
    straightness = Straightness(later)
    // A page of small objects fills only now and then. The line through the rises alone is then
    // exact, while a line through all points is bent by where the steps begin and end.
    let steps = falls == 0 && rises.count >= 3 && rises.count < later.count - 1
    line = steps ? TheilSen(rises.floors(atMost: Self.mostPoints)) ?? all : all
  }

  /// The fit with the shortest warm-up after which the growth keeps its rate.
  ///
  /// Warm-up is a fifth of the iterations and at least one, else a third, else half of them. A leak
  /// goes on after any of them, so that a longer warm-up costs samples and hides no leak.
  static func chosen(_ points: [TrendPoint], iterations: Int) -> IterationFit? {
    var fit: IterationFit?
    for start in [iterations / 5, iterations / 3, iterations / 2] {
      guard let next = IterationFit(points, from: Swift.max(1, start)) else { continue }
      fit = next
      if !next.fades { break }
    }
    return fit
  }

  var growth: Double { (points.last?.y ?? 0) - warmUpGrowth }

  /// Whether the second half of the iterations grew by much less than half of the growth.
  var fades: Bool {
    let halves = points.runs(2)
    guard growth > 0, halves.count == 2, points.count >= 6 else { return false }
    if falls == 0 {
      let second = (points.last?.y ?? 0) - (halves[0].last?.y ?? 0)
      return second < growth / 3
    }
    guard line.slope > 0 else { return false }
    let second = TheilSen(Array(halves[1]).floors(atMost: Self.mostPoints))?.slope ?? 0
    return second < line.slope / 3
  }

  /// Whether the amount never falls and rises by like steps at like distances.
  var isRegular: Bool {
    guard falls == 0, let first = rises.first, let last = rises.last else { return false }
    let all = points.map(\.y)
    let sizes = zip(all, all.dropFirst()).map { $1 - $0 }.filter { $0 > 0 }
    let gaps = zip(rises, rises.dropFirst()).map { $1.x - $0.x }
    guard let shortest = gaps.min(), let longest = gaps.max(), let size = sizes.median else {
      return false
    }
    let isEqual = sizes.allSatisfy { $0 == size }
    let isAlike = sizes.allSatisfy { $0 >= size / 2 && $0 <= size * 2 }
    guard isEqual && rises.count >= 4 || isAlike && rises.count >= 7 else { return false }
    let before = first.x - Double(start)
    let after = (points.last?.x ?? last.x) - last.x
    return longest <= 1.5 * shortest + 1 && Swift.max(before, after) <= longest + 1
  }

  /// Whether a leak is the only plain explanation.
  var leaks: Bool {
    guard !fades, line.slope > 0 else { return false }
    if isRegular || falls == 0 && rises.count >= 8 { return true }
    return test.chance < 0.005 && straightness.t > 12
  }
}
