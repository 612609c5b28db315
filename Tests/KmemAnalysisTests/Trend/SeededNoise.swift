import KmemTestSupport

extension SeededGenerator {
  /// A number from 0 up to 1.
  mutating func unit() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }

  /// A number of the standard normal distribution, as the sum of twelve uniform ones.
  ///
  /// Its tails end at six, which is further than any test here looks.
  mutating func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + unit() } }
}
