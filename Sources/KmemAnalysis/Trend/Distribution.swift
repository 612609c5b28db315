/// Tails of the distributions that the tests of a trend need.
enum Distribution {
  /// The chance that a normal variable exceeds z.
  ///
  /// Chebyshev fit of erfc by Press et al., "Numerical Recipes in C", 2nd ed., section 6.2 (erfcc):
  /// relative error below 1.2e-7 everywhere, so small chances stay right.
  static func normalTail(_ z: Double) -> Double {
    guard z >= 0 else { return z.isNaN ? 1 : 1 - normalTail(-z) }
    let x = z / (2.0).squareRoot()
    let t = 1 / (1 + x / 2)
    let coefficients = [
      0.17087277, -0.82215223, 1.48851587, -1.13520398, 0.27886807, -0.18628806, 0.09678418,
      0.37409196, 1.00002368, -1.26551223,
    ]
    let polynomial = coefficients.reduce(0) { $0 * t + $1 }
    return t * exponential(polynomial - x * x) / 2
  }

  /// e to the x, which the standard library doesn't have; relative error below 1e-14.
  ///
  /// Taylor's series of the rest that division by ln 2 leaves (at most 0.35), 14 terms.
  static func exponential(_ x: Double) -> Double {
    guard x > -700 else { return 0 }
    guard x < 700 else { return .infinity }
    let ln2 = 0.693147180559945309
    let power = (x / ln2).rounded()
    let rest = x - power * ln2
    let sum = (1...14).reversed().reduce(1.0) { 1 + $0 * rest / Double($1) }
    return Double(sign: .plus, exponent: Int(power), significand: sum)
  }
}
