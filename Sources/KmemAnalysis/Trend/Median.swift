extension [Double] {
  /// The middle value, or the mean of the two in the middle; nothing without values.
  var median: Double? { sorted().quantile(0.5) }

  /// The value below which a share of sorted values lies, linear between neighbours.
  ///
  /// Definition 7 of Hyndman and Fan, "Sample Quantiles in Statistical Packages", The American
  /// Statistician 50 (1996).
  func quantile(_ share: Double) -> Double? {
    guard let last = indices.last, share >= 0, share <= 1 else { return nil }
    let place = share * Double(last)
    let below = Int(place)
    guard below < last, self[below] != self[below + 1] else { return self[below] }
    return self[below] + (place - Double(below)) * (self[below + 1] - self[below])
  }

  /// The median distance from the median, scaled to the standard deviation of normal noise.
  ///
  /// It still holds where one value in three is wild. The factor is 1 / Φ⁻¹(3/4).
  var medianDeviation: Double {
    guard let middle = median else { return 0 }
    return 1.4826 * (map { abs($0 - middle) }.median ?? 0)
  }

  var mean: Double { isEmpty ? 0 : reduce(0, +) / Double(count) }
}
