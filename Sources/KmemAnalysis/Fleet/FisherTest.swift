internal import Glibc

/// Fisher's exact test: the chance that so many of the machines that leak have a thing, or more, if
/// having it has nothing to do with leaking.
enum FisherTest {
  /// The one-sided chance, by the hypergeometric distribution.
  ///
  /// Of `all` machines `having` have the thing; of the `leaking` ones `both` have it.
  static func chance(both: Int, leaking: Int, having: Int, all: Int) -> Double {
    guard leaking >= 0, having >= 0, leaking <= all, having <= all else { return 1 }
    let most = min(leaking, having)
    guard both > max(0, leaking + having - all), both <= most else { return 1 }
    let sum = (both...most).reduce(0.0) { sum, count in
      sum
        + exp(
          choose(having, count) + choose(all - having, leaking - count) - choose(all, leaking))
    }
    return min(1, sum)
  }

  /// The logarithm of the number of ways to choose.
  private static func choose(_ count: Int, _ chosen: Int) -> Double {
    guard chosen >= 0, chosen <= count else { return -.infinity }
    return lgamma(Double(count) + 1) - lgamma(Double(chosen) + 1)
      - lgamma(Double(count - chosen) + 1)
  }
}
