import KmemTestSupport
import Testing

@testable import KmemAnalysis

/// Amounts after each of N runs of the same command, the baseline first.
struct IterationTrendTests {
  /// The amounts that these growths lead to from 1 MiB.
  private func amounts(_ growths: [Int64]) -> [Int64?] {
    var amount: Int64 = 1 << 20
    return [amount]
      + growths.map { growth in
        amount += growth
        return amount
      }
  }

  /// Whole pages that so many small objects fill, after each of N iterations.
  private func pages(of objects: Int, iterations: Int, perIteration: Int = 1, from first: Int = 5)
    -> [Int64?]
  {
    (0...iterations).map { Int64((first + $0 * perIteration) / objects * 4096) }
  }

  @Test func `twenty times 4096 bytes are exactly 4096 an iteration`() {
    let trend = IterationTrend(amounts(.init(repeating: 4096, count: 20)))
    #expect(trend.word == .leaks)
    #expect(trend.perIteration == 4096)
    #expect(trend.low == 4096)
    #expect(trend.high == 4096)
    #expect(trend.iterationsNeeded == nil)
    #expect(trend.grounds == .rises(steps: nil))
    #expect(trend.later == 16 && trend.growth == 65536)
  }

  @Test func `a leak beside a large warm-up has the leak's rate`() {
    let trend = IterationTrend(amounts([900_000, 120_000] + .init(repeating: 640, count: 30)))
    #expect(trend.word == .leaks)
    #expect(trend.perIteration == 640)
    #expect(trend.warmUpGrowth >= 1_020_000)
  }

  @Test(arguments: [1, 2, 3, 6, 9])
  func `what only the first iterations allocate is warm-up`(first: Int) {
    let growths = [Int64](repeating: 8192, count: first) + .init(repeating: 0, count: 20 - first)
    let trend = IterationTrend(amounts(growths))
    #expect(trend.word == .warmUpOnly)
    #expect(trend.perIteration == 0)
    #expect(trend.growth == 0)
  }

  @Test func `an amount that stays is steady`() {
    let trend = IterationTrend(amounts(.init(repeating: 0, count: 10)))
    #expect(trend.word == .steady)
    #expect(trend.grounds == .flat && trend.growth == 0 && trend.later == 8)
  }

  @Test func `what falls is steady`() {
    let trend = IterationTrend(amounts(.init(repeating: -4096, count: 30)))
    #expect(trend.word == .steady)
    #expect(trend.perIteration == -4096)
  }

  @Test(arguments: [100, 128, 200, 1000])
  func `an object of sixteen a page leaks a sixteenth of a page`(iterations: Int) throws {
    for first in stride(from: 0, to: 16, by: iterations < 200 ? 1 : 5) {
      let trend = IterationTrend(pages(of: 16, iterations: iterations, from: first))
      #expect(trend.word == .leaks)
      let rate = try #require(trend.perIteration)
      #expect(abs(rate - 256) < 0.5)
    }
  }

  @Test func `twenty objects of sixteen a page leak one and a quarter pages`() throws {
    let trend = IterationTrend(pages(of: 16, iterations: 40, perIteration: 20))
    #expect(trend.word == .leaks)
    let rate = try #require(trend.perIteration)
    #expect(abs(rate - 5120) < 200)
  }

  @Test func `one page late in twenty iterations decides nothing and says what would`() throws {
    let trend = IterationTrend(pages(of: 16, iterations: 20))
    #expect(trend.word == .notEnough)
    #expect(try #require(trend.iterationsNeeded) >= 80)
    #expect(trend.grounds == .rareSteps(1))
  }

  @Test func `one page in a thousand iterations is steady`() {
    let growths = (1...1000).map { Int64($0 == 700 ? 4096 : 0) }
    #expect(IterationTrend(amounts(growths)).word == .steady)
  }

  @Test(arguments: 2...7)
  func `few iterations say what each added and how many it takes`(iterations: Int) {
    let trend = IterationTrend(amounts(.init(repeating: 4096, count: iterations)))
    #expect(trend.word == .notEnough)
    #expect(trend.perIteration == 4096)
    #expect(trend.warmUpGrowth == 4096)
    #expect(trend.growth == 4096 * Int64(iterations - 1))
    #expect(trend.iterationsNeeded == 20)
    #expect(trend.grounds == .tooFew)
  }

  @Test(
    arguments: [[], [nil], [4096], [4096, nil], [nil, nil, nil], [4096, 8192]] as [[Int64?]])
  func `nothing to compare is told as such`(values: [Int64?]) {
    let trend = IterationTrend(values)
    #expect(trend.word == .notEnough)
    #expect(trend.perIteration == nil)
  }

  @Test func `one iteration says what it added`() {
    let trend = IterationTrend([4096, 12288])
    #expect(trend.warmUpGrowth == 8192)
    #expect(trend.grounds == .notComparable(isKnown: true))
    #expect(trend.warmUpGrowth == 8192 && trend.iterationsNeeded == 20)
  }

  @Test func `missing amounts leave the rate of the others`() {
    var values = amounts(.init(repeating: 4096, count: 30))
    for place in [0, 7, 8, 20, 30] { values[place] = nil }
    let trend = IterationTrend(values)
    #expect(trend.word == .leaks)
    #expect(trend.perIteration == 4096)
  }

  @Test func `amounts at the ends of what fits never trap`() {
    let values: [Int64?] = (0..<40).map { $0.isMultiple(of: 2) ? .min : .max }
    #expect(IterationTrend(values).word != .leaks)
  }

  @Test func `a leak among noise of its own size is found with its rate`() throws {
    var random = SeededGenerator(seed: 7)
    let values = (0...60).map { Int64?(Int64($0) * 4096 + Int64(random.normal() * 4096)) }
    let trend = IterationTrend(values)
    #expect(trend.word == .leaks)
    let (low, high) = (try #require(trend.low), try #require(trend.high))
    #expect(low < 4096 && 4096 < high)
  }

  @Test func `noise that could hide a leak is called noisy`() throws {
    var random = SeededGenerator(seed: 8)
    let values = (0...20).map { _ in Int64?(Int64(random.normal() * 400_000)) }
    let trend = IterationTrend(values)
    #expect(trend.word == .noisy)
    #expect(try #require(trend.iterationsNeeded) > 20)
  }

  @Test func `noise of a few pages around a level is steady`() {
    var random = SeededGenerator(seed: 9)
    let values = (0...60).map { _ in Int64?(Int64(random.normal() * 3) * 4096) }
    #expect(IterationTrend(values).word == .steady)
  }

  @Test func `objects are counted as what they are`() {
    let trend = IterationTrend(
      amounts(.init(repeating: 3, count: 12)), unit: .count(.openFiles), smallest: 1)
    #expect(trend.word == .leaks)
    #expect(trend.perIteration == 3)
    #expect(trend.later == 10 && trend.perIteration == 3 && trend.growth == 30)
  }

  @Test func `five thousand iterations are judged as exactly`() {
    let trend = IterationTrend(amounts(.init(repeating: 72, count: 5000)))
    #expect(trend.word == .leaks)
    #expect(trend.perIteration == 72)
  }

  @Test func `of leak-free series hardly one is called a leak`() {
    var random = SeededGenerator(seed: 11)
    var called = 0
    for round in 0..<300 {
      var level = 0.0
      let values = (0...(20 + round % 30)).map { iteration -> Int64? in
        level += round.isMultiple(of: 3) ? random.normal() * 8192 : 0
        let warmUp = 40960 * (1 - Distribution.exponential(-Double(iteration) / 2))
        return Int64(level + warmUp + random.normal() * 4096) / 4096 * 4096
      }
      if IterationTrend(values).word == .leaks { called += 1 }
    }
    #expect(called <= 1)
  }
}
