import Testing

@testable import KmemAnalysis

/// Against what scipy 1.x (theilslopes) and pymannkendall 1.4 compute for the same values.
struct MannKendallTests {
  private func points(_ values: [Double]) -> [TrendPoint] {
    values.enumerated().map { TrendPoint(x: Double($0), y: $1) }
  }

  private let rising: [Double] = [12, 15, 11, 18, 19, 17, 25, 24, 22, 30, 29, 33, 31, 38, 36]
  private let tied: [Double] = [1, 1, 2, 2, 2, 3, 3, 4, 4, 4, 5, 5]
  private let correlated: [Double] = [
    0, 21, -9, -1, -4, -5, -3, -20, -13, -14, 27, 25, 18, 15, 8, 1, 2, 12, 12, 24, 22, 23, 39, 40,
    31, 28, 33, 52, 43, 37, 45, 33, 30, 41, 45, 44, 49, 18, 35, 27,
  ]

  @Test func `the score and its z are the textbook's`() throws {
    let line = try #require(TheilSen(points(rising)))
    let test = MannKendall(points(rising), around: line)
    #expect(test.score == 85)
    #expect(abs(test.z - 4.156921938165305) < 1e-9)
    #expect(abs(test.chance - 3.225641456250372e-05 / 2) < 1e-10)
  }

  @Test func `ties take from the variance`() {
    #expect(abs(MannKendall.variance(tied) - 202.33333333333334) < 1e-9)
  }

  @Test func `autocorrelation adds to the variance as Hamed and Rao say`() throws {
    let line = try #require(TheilSen(points(correlated)))
    let test = MannKendall(points(correlated), around: line)
    #expect(test.score == 451)
    #expect(abs(MannKendall.variance(correlated) - 7361.666666666667) < 1e-9)
    #expect(abs(test.z - 3.8569795450147706) < 1e-9)
  }

  @Test func `the slope is the median of slopes with its interval`() throws {
    let line = try #require(TheilSen(points(rising)))
    #expect(abs(line.slope - 1.8333333333333333) < 1e-12)
    #expect(abs(line.low - 1.5) < 0.05)
    #expect(abs(line.high - 2.1666666666666665) < 0.05)
    let ties = try #require(TheilSen(points(tied)))
    #expect(abs(ties.slope - 0.3875) < 1e-12)
  }

  @Test func `one wild value in four doesn't bend the line`() throws {
    let values = (0..<20).map { Double($0) * 3 + ($0 % 4 == 1 ? 900 : 0) }
    let line = try #require(TheilSen(points(values)))
    #expect(abs(line.slope - 3) < 0.01)
  }

  @Test func `equal values have no trend and no points no line`() throws {
    let flat = points(.init(repeating: 7, count: 20))
    let line = try #require(TheilSen(flat))
    #expect(line.slope == 0)
    #expect(MannKendall(flat, around: line).z == 0)
    #expect(Straightness(flat).t == 0)
    #expect(TheilSen([]) == nil)
    #expect(TheilSen([TrendPoint(x: 1, y: 1)]) == nil)
    #expect(TheilSen([TrendPoint(x: 1, y: 1), TrendPoint(x: 1, y: 2)]) == nil)
  }

  @Test func `chances are weighed by how many were looked at`() {
    // The third is significant only since there are three; alone it needs to be below 1 %.
    #expect(TrendJudge.largestChance([0.0001, 0.002, 0.009, 0.9]) == 0.002)
    #expect(TrendJudge.largestChance([0.009]) == 0.009)
    #expect(TrendJudge.largestChance([0.009, 0.5, 0.5]) < 0)
    #expect(TrendJudge.largestChance([]) < 0)
  }
}
