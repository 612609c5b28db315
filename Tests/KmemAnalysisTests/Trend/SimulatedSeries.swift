import KmemTestSupport
@testable import KmemAnalysis

/// Series of known truth: noise as it's seen in memory counters, and shapes that aren't leaks.
///
/// Amounts are in units of the noise's standard deviation. Every random shape keeps within what a run
/// can tell: a sawtooth has at least three teeth, a day passes at least twice.
struct SimulatedSeries {
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  /// What leak-free memory does.
  enum Shape: String, CaseIterable {
    case noise = "noise, φ 0 to 0.9"
    case slowNoise = "slow noise, φ 0.97"
    case walk = "random walk"
    case noisyWalk = "random walk under noise"
    case sawtooth = "sawtooth, 3 to 40 teeth"
    case collector = "garbage collector, uneven teeth"
    case plateau = "fills up ever more slowly"
    case jump = "one jump"
    case jumps = "two jumps"
    case daily = "daily ups and downs, 2 to 5 days"
    case fill = "fills evenly, then full"
    case bursts = "bursts that go away"
    case quantised = "noise in coarse steps"
  }

  /// Autoregressive noise of standard deviation one: each value keeps a share φ of the one before.
  mutating func noise(_ count: Int, _ share: Double) -> [Double] {
    var value = random.normal()
    let fresh = (1 - share * share).squareRoot()
    return (0..<count).map { _ in
      value = share * value + fresh * random.normal()
      return value
    }
  }

  /// Noise around a line that rises by so much from the first value to the last.
  mutating func leak(_ count: Int, rise: Double, share: Double) -> [Double] {
    noise(count, share).enumerated().map { $1 + rise * Double($0) / Double(count - 1) }
  }

  mutating func values(_ shape: Shape, _ count: Int) -> [Double] {
    if shape == .slowNoise { return noise(count, 0.97) }
    let noise = noise(count, [0, 0.5, 0.8, 0.9][Int(random.next() % 4)])
    let level = level(shape, Double(count))
    switch shape {
    case .walk: return (0..<count).map { level(Double($0)) }
    case .quantised: return noise.map { ($0 / 2).rounded() * 2 }
    default: return noise.enumerated().map { $1 + level(Double($0)) }
    }
  }

  private mutating func between(_ low: Double, _ high: Double) -> Double {
    low + (high - low) * random.unit()
  }

  /// The shape without noise, as a function of the sample's number.
  private mutating func level(_ shape: Shape, _ count: Double) -> (Double) -> Double {
    switch shape {
    case .noise, .slowNoise, .quantised: return { _ in 0 }
    case .walk: return steps(count, 1)
    case .noisyWalk: return steps(count, 0.2)
    case .sawtooth: return sawtooth(between(count / 40, count / 3), between(3, 50))
    case .collector: return collector(count)
    case .plateau:
      let (time, height) = (between(count / 20, count / 5), between(5, 100))
      return { height * (1 - Distribution.exponential(-$0 / time)) }
    case .jump, .jumps:
      let places = (0..<(shape == .jump ? 1 : 2)).map { _ in (between(0, count), between(2, 100)) }
      return { x in places.reduce(0) { $0 + (x > $1.0 ? $1.1 : 0) } }
    case .daily: return daily(count / between(2, 5), between(3, 30))
    case .fill:
      let (end, height) = (between(count / 20, count * 0.6), between(5, 200))
      return { height * Swift.min(1, $0 / end) }
    case .bursts: return bursts(count)
    }
  }

  private mutating func steps(_ count: Double, _ size: Double) -> (Double) -> Double {
    var sum = 0.0
    let walk = (0..<Int(count)).map { _ in
      sum += size * random.normal()
      return sum
    }
    return { walk[Int($0)] }
  }

  private mutating func sawtooth(_ period: Double, _ height: Double) -> (Double) -> Double {
    let phase = between(0, period)
    return { height * ($0 + phase).truncatingRemainder(dividingBy: period) / period }
  }

  /// Teeth whose length and steepness vary.
  private mutating func collector(_ count: Double) -> (Double) -> Double {
    let (top, length) = (between(3, 50), between(count / 40, count / 4))
    var (height, slope) = (between(0, top), top / length)
    let teeth = (0..<Int(count)).map { _ in
      height += slope * between(0.5, 1.5)
      if height > top { (height, slope) = (0, top / (length * between(0.6, 1.4))) }
      return height
    }
    return { teeth[Int($0)] }
  }

  /// Half a parabola up, half a parabola down: close to a sine.
  private mutating func daily(_ period: Double, _ height: Double) -> (Double) -> Double {
    let phase = between(0, period)
    return { x in
      let day = ((x + phase) / period).truncatingRemainder(dividingBy: 1)
      let half = (day * 2).truncatingRemainder(dividingBy: 1)
      return (day < 0.5 ? 4 : -4) * height * half * (1 - half)
    }
  }

  private mutating func bursts(_ count: Double) -> (Double) -> Double {
    var height = 0.0
    let all = (0..<Int(count)).map { _ in
      height = height * 0.9 + (random.unit() < 0.02 ? between(3, 30) : 0)
      return height
    }
    return { all[Int($0)] }
  }
}

extension Series {
  /// Amounts in MiB around 200 MiB, in whole pages, every ten seconds.
  init(_ values: [Double]) {
    let samples = values.enumerated().map { index, value in
      Sample(
        time: 60_000_000_000 + Int64(index) * 10_000_000_000,
        value: Int64(max(0, 200 + value) * 256) * 4096)
    }
    self.init(samples: samples)
  }

  var verdict: TrendVerdict? { TrendJudge.verdicts([self]).first }
}

/// The rules that other tools use.
enum PlainRule: String, CaseIterable {
  case threeRises = "three rises in a row"
  case lastLessFirst = "last less first over 1 MiB"
  case mannKendall = "plain Mann-Kendall, 1 %"

  func calls(_ values: [Double]) -> Bool {
    switch self {
    case .threeRises:
      let last = values.suffix(4)
      return zip(last, last.dropFirst()).allSatisfy { $0 < $1 }
    case .lastLessFirst: return (values.last ?? 0) - (values.first ?? 0) > 1
    case .mannKendall:
      var score = 0
      for later in values.indices.dropFirst() {
        for earlier in 0..<later { score += values[earlier] < values[later] ? 1 : -1 }
      }
      let z = Double(score) / MannKendall.variance(values).squareRoot()
      return Distribution.normalTail(z) < 0.01
    }
  }
}
