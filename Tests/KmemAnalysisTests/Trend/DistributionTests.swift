import Testing

@testable import KmemAnalysis

/// Against values of published tables.
struct DistributionTests {
  @Test(arguments: [
    (0.0, 0.5), (1.0, 0.158655253931457), (1.959963984540054, 0.025),
    (3.0, 1.349898031630095e-3), (6.0, 9.865876450376946e-10), (10.0, 7.61985302416e-24),
    (-1.0, 0.841344746068543),
  ]) func `the normal tail is right to six digits`(z: Double, chance: Double) {
    #expect(abs(Distribution.normalTail(z) / chance - 1) < 1e-6)
  }

  @Test func `what is no number has no small chance`() {
    #expect(Distribution.normalTail(.nan) == 1)
    #expect(Distribution.normalTail(.infinity) == 0)
    #expect(Distribution.normalTail(-.infinity) == 1)
  }

  @Test(arguments: [
    (0.0, 1.0), (1, 2.718281828459045), (-20, 2.061153622438558e-9), (3.5, 33.11545195869231),
  ])
  func `e to the x is right to thirteen digits`(x: Double, power: Double) {
    #expect(abs(Distribution.exponential(x) / power - 1) < 1e-13)
  }
}
