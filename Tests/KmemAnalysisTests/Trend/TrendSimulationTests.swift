import Testing

@testable import KmemAnalysis

/// How often verdicts are right, measured.
///
/// `docs/verdict.md` has the tables of a larger run.
struct TrendSimulationTests {
  /// Leak-free series of all shapes in turn.
  private func leakFree(_ count: Int, seed: UInt64) -> [[Double]] {
    var simulated = SimulatedSeries(seed: seed)
    let shapes = SimulatedSeries.Shape.allCases
    return (0..<count).map { round in
      simulated.values(shapes[round % shapes.count], [40, 60, 90, 120][round / shapes.count % 4])
    }
  }

  @Test func `of a thousand leak-free series at most one is said to grow`() {
    let all = leakFree(1000, seed: 1)
    #expect(all.count { Series($0).verdict?.conclusion == .growing } <= 1)
    // The rules of others, on the same series.
    #expect(all.count { PlainRule.mannKendall.calls($0) } > 200)
    #expect(all.count { PlainRule.lastLessFirst.calls($0) } > 200)
  }

  @Test func `of five hundred leak-free series judged together at most one is said to grow`() {
    let all = leakFree(500, seed: 2).map { Series($0) }
    #expect(TrendJudge.verdicts(all).count { $0.conclusion == .growing } <= 1)
  }

  @Test(arguments: [0.0, 0.5, 0.9])
  func `a leak of forty times the noise is found`(share: Double) {
    var simulated = SimulatedSeries(seed: 3)
    let found = (0..<60).count { _ in
      Series(simulated.leak(60, rise: 40, share: share)).verdict?.conclusion == .growing
    }
    #expect(found >= 59)
  }

  @Test func `the interval holds the true rate about as often as it says`() {
    var simulated = SimulatedSeries(seed: 4)
    let rate = 30.0 * 1_048_576 / (119 * 10)
    let held = (0..<200).count { _ in
      guard
        let verdict = Series(simulated.leak(120, rise: 30, share: 0.5)).verdict,
        let low = verdict.low, let high = verdict.high
      else { return false }
      return low <= rate && rate <= high
    }
    #expect(held >= 170)
  }

  @Test func `three leaks among five hundred caches are found and no other`() {
    var simulated = SimulatedSeries(seed: 5)
    var series = (0..<497).map { index in
      Series(simulated.noise(60, index.isMultiple(of: 2) ? 0.5 : 0.8))
    }
    series += (0..<3).map { _ in Series(simulated.leak(60, rise: 40, share: 0.5)) }
    let verdicts = TrendJudge.verdicts(series)
    #expect(verdicts.indices.filter { verdicts[$0].conclusion == .growing } == [497, 498, 499])
  }
}
