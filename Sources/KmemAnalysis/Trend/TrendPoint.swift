/// A value at a place: seconds since the first sample, or the number of an iteration.
struct TrendPoint: Hashable, Sendable {
  let x: Double
  let y: Double
}

extension [TrendPoint] {
  /// The lowest point of each of at most so many runs of equal length: floors, not peaks.
  ///
  /// What a program frees again, a sawtooth's teeth and a cache's breathing are above the floor; a
  /// leak raises it. The first of equally low points stands for its run.
  func floors(atMost limit: Int) -> [TrendPoint] {
    guard limit > 0, count > limit else { return self }
    return runs(limit).compactMap { run in run.min { $0.y < $1.y } }
  }

  /// The points in so many consecutive runs whose lengths differ by one at most.
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
