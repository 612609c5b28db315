/// A value at a place: seconds since the first sample, or the number of an iteration.
struct TrendPoint: Hashable, Sendable {
  let x: Double
  let y: Double
}

extension [TrendPoint] {
  /// The lowest point of each run, where the points are cut into at most `limit` runs of equal
  /// length.
  ///
  /// Floors rise with a leak; what a program frees again, the teeth of a sawtooth and the ups and
  /// downs of a cache lie above them. The first of equally low points stands for its run.
  func floors(atMost limit: Int) -> [TrendPoint] {
    guard limit > 0, count > limit else { return self }
    return runs(limit).compactMap { run in run.min { $0.y < $1.y } }
  }

  /// The points in this many consecutive runs, whose lengths differ by one at most.
  func runs(_ number: Int) -> [ArraySlice<TrendPoint>] {
    guard number > 0, number <= count else { return isEmpty ? [] : [self[...]] }
    return (0..<number).map { self[($0 * count / number)..<(($0 + 1) * count / number)] }
  }

  /// The points whose value is higher than that of the point before.
  var rises: [TrendPoint] {
    zip(self, dropFirst()).filter { $0.y < $1.y }.map(\.1)
  }

  /// How often the value went down.
  var falls: Int { zip(self, dropFirst()).count { $0.y > $1.y } }
}
