extension Int64 {
  /// The sum, or the nearest number that fits: input must never trap.
  package func plus(_ other: Int64) -> Int64 {
    let (sum, overflow) = addingReportingOverflow(other)
    guard overflow else { return sum }
    return other > 0 ? .max : .min
  }

  /// The difference, or the nearest number that fits.
  package func minus(_ other: Int64) -> Int64 {
    let (difference, overflow) = subtractingReportingOverflow(other)
    guard overflow else { return difference }
    return other < 0 ? .max : .min
  }
}

extension Sequence {
  /// The sum of an amount over all elements, within what fits.
  package func sum(_ amount: (Element) -> Int64) -> Int64 {
    reduce(0) { $0.plus(amount($1)) }
  }
}
