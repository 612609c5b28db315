/// How the objects that were left arose over the time of a trace.
///
/// Sixths of the time are compared, as the windows of a short trace hold few objects each. The first is
/// that in which tracing begins, the last holds what may still be freed.
package struct TraceCourse: Hashable, Sendable {
  /// What the sixths show.
  package enum Shape: Hashable, Sendable {
    /// Objects stay from every part of the time, since so many seconds after the beginning.
    case steady(since: Double)
    /// Objects stayed from every part until this many seconds after the beginning, and none since.
    case stopped(at: Double)
    /// Objects stay from some parts and not from others.
    case uneven
    /// The trace has too few windows to compare.
    case tooShort
  }

  /// What the sixths show.
  package let shape: Shape
  /// Objects a second that stay, over the part that is steady; nil where there is none.
  package let rate: Double?
  /// By how much the rate may be wrong, with 95 % of certainty.
  package let error: Double?
  /// Of the objects allocated before the last sixth, the share that stayed.
  package let survival: Double

  /// Whether clearly fewer objects stay of those allocated long ago than of those allocated since: then
  /// they are freed later than most.
  package let fades: Bool

  /// Sixths within this factor of each other are even: leaks that come in bursts of a second vary less.
  private static let evenness = 3.0
  private static let parts = 6

  /// Judges counts by windows, which end at those seconds.
  init(allocated: [Int64], left: [Int64], windows: [Double]) {
    guard windows.count >= Self.parts, Self.areComparable(windows) else {
      (shape, rate, error, fades) = (.tooShort, nil, nil, false)
      survival = Self.share(left.reduce(0, +), allocated.reduce(0, +))
      return
    }
    let stayed = Self.parts(left)
    let old = Self.parts(allocated).dropLast().reduce(0, +)
    survival = Self.share(stayed.dropLast().reduce(0, +), old)
    let ends = Self.ends(windows)
    let rates = zip(stayed, Self.lengths(ends)).map { Double($0) / $1 }
    fades = rates[1] + rates[2] < 0.7 * (rates[3] + rates[4])
    let found = Self.shape(rates, ends)
    guard let even = found.even else {
      let stop = Self.earlyStop(left, windows)
      shape = stop?.shape ?? found.shape
      (rate, error) = (stop?.rate, stop?.error)
      return
    }
    shape = found.shape
    let time = Self.lengths(ends)[even].reduce(0, +)
    let count = stayed[even].reduce(0, +)
    let mean = Double(count) / time
    rate = mean
    error = Swift.max(Self.scatter(rates[even], mean), 2 * Double(count).squareRoot() / time)
  }

  /// Whether the inner parts had about the same time: on a machine that hardly runs, windows end late,
  /// and the next ones have none left.
  private static func areComparable(_ windows: [Double]) -> Bool {
    let inner = lengths(ends(windows))[1..<(parts - 1)]
    guard let least = inner.min(), let most = inner.max() else { return false }
    return least >= most / 5
  }

  private static func share(_ part: Int64, _ whole: Int64) -> Double {
    whole > 0 ? min(1, Double(part) / Double(whole)) : 0
  }

  private static func parts(_ counts: [Int64]) -> [Int64] {
    var sums = [Int64](repeating: 0, count: parts)
    for (index, count) in counts.enumerated() { sums[index * parts / counts.count] += count }
    return sums
  }

  /// The ends of the parts, in seconds.
  private static func ends(_ windows: [Double]) -> [Double] {
    var ends = [Double](repeating: 0, count: parts)
    for (index, end) in windows.enumerated() { ends[index * parts / windows.count] = end }
    return ends
  }

  private static func lengths(_ ends: [Double]) -> [Double] {
    ends.indices.map { max(1e-9, ends[$0] - ($0 > 0 ? ends[$0 - 1] : 0)) }
  }

  private static func isEven(_ rates: ArraySlice<Double>) -> Bool {
    guard let least = rates.min(), let most = rates.max(), least > 0 else { return false }
    return most <= evenness * least
  }

  /// The shape, and the parts that are even.
  private static func shape(
    _ rates: [Double], _ ends: [Double]
  ) -> (shape: Shape, even: Range<Int>?) {
    let (last, inner) = (parts - 1, 1..<(parts - 1))
    let goesOn = rates[last] > 0
    if isEven(rates[inner]), goesOn { return (.steady(since: 0), inner) }
    // It began meanwhile: three parts are even, and those before have next to nothing.
    if isEven(rates[2..<last]), goesOn, rates[0] + rates[1] < rates[2] / evenness {
      return (.steady(since: ends[1]), 2..<last)
    }
    return stop(rates, ends) ?? (.uneven, nil)
  }

  /// The end of what stopped, where three parts before it are even: the part in which it stopped may hold
  /// any rest.
  private static func stop(_ rates: [Double], _ ends: [Double]) -> (
    shape: Shape, even: Range<Int>?
  )? {
    guard let end = rates.lastIndex(where: { $0 > 0 }).map({ $0 + 1 }), end < parts else {
      return nil
    }
    for even in [(end - 3)..<end, (end - 4)..<(end - 1)] where even.lowerBound >= 0 {
      if isEven(rates[even]) { return (.stopped(at: ends[end - 1]), even) }
    }
    return nil
  }

  /// The end of what stopped too early for sixths to tell: four windows before it are even, and the
  /// last quarter is empty.
  private static func earlyStop(
    _ left: [Int64], _ windows: [Double]
  ) -> (shape: Shape, rate: Double, error: Double)? {
    guard let last = left.lastIndex(where: { $0 > 0 }), last >= 3,
      (left.count - 1 - last) * 4 >= left.count
    else { return nil }
    let rates = zip(left, lengths(windows)).map { Double($0) / $1 }
    for even in [0..<(last + 1), 1..<(last + 1), 0..<last, 1..<last] where even.count >= 4 {
      guard isEven(rates[even]) else { continue }
      let time = lengths(windows)[even].reduce(0, +)
      let count = left[even].reduce(0, +)
      let rate = Double(count) / time
      let error = Swift.max(scatter(rates[even], rate), 2 * Double(count).squareRoot() / time)
      return (.stopped(at: windows[last]), rate, error)
    }
    return nil
  }

  /// Two standard errors of the mean of the parts.
  private static func scatter(_ rates: ArraySlice<Double>, _ mean: Double) -> Double {
    guard rates.count > 1 else { return mean }
    let squares = rates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return 2 * (squares / Double(rates.count - 1) / Double(rates.count)).squareRoot()
  }
}
