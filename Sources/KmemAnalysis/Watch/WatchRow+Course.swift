/// What was judged of an amount, for whoever wants to see it: floors, line and band.
package struct WatchCourse: Hashable, Sendable {
  /// An amount at a time.
  package struct Place: Hashable, Sendable {
    /// Seconds since the first row of the table.
    package let time: Double
    /// The amount, in the unit of the row.
    package let amount: Double
  }

  /// The amounts that are known, in the order of their times.
  package let samples: [Place]
  /// The floors after warm-up, which the line is laid through.
  package let floors: [Place]
  /// Where the line begins and ends; empty where no line was laid.
  package let line: [Place]
  /// The line of the least likely rate, through the middle of the fitted one; empty where there is
  /// none.
  package let lowest: [Place]
  /// The line of the greatest likely rate, likewise.
  package let highest: [Place]
}

extension WatchRow {
  /// The amounts by time, with the line that the verdict rests on.
  package var course: WatchCourse {
    let start = times.first ?? 0
    let points = zip(times, values).compactMap { time, value in
      value.map { TrendPoint(x: Double(time.minus(start)) / 1e9, y: Double($0)) }
    }
    let places = { (points: [TrendPoint]) in
      points.map { WatchCourse.Place(time: $0.x, amount: $0.y) }
    }
    // The verdict's own rate is drawn, not one that is computed anew.
    let judged = points.filter { $0.x >= verdict.warmUp }
    let floors = judged.floors(atMost: SeriesFit.floors(judged.count))
    guard let rate = verdict.rate, let from = judged.first?.x, let to = judged.last?.x, from < to,
      let level = floors.map({ $0.y - rate * $0.x }).median
    else {
      return WatchCourse(
        samples: places(points), floors: places(floors), line: [], lowest: [], highest: [])
    }
    let middle = (from + to) / 2
    func line(_ slope: Double) -> [WatchCourse.Place] {
      [from, to].map {
        WatchCourse.Place(time: $0, amount: level + rate * middle + slope * ($0 - middle))
      }
    }
    return WatchCourse(
      samples: places(points), floors: places(floors), line: line(rate),
      lowest: line(verdict.low ?? rate), highest: line(verdict.high ?? rate))
  }
}
