extension FixedWidthInteger {
  /// The sum, or the nearest number that fits: input must never trap.
  package func plus(_ other: Self) -> Self {
    let (sum, overflow) = addingReportingOverflow(other)
    guard overflow else { return sum }
    return other > 0 ? .max : .min
  }

  /// Adds, up to the nearest number that fits.
  mutating func add(_ other: Self) { self = plus(other) }

  /// The difference, or the nearest number that fits.
  package func minus(_ other: Self) -> Self {
    let (difference, overflow) = subtractingReportingOverflow(other)
    guard overflow else { return difference }
    return other > 0 ? .min : .max
  }
}

extension Sequence {
  /// The sum of an amount over all elements, within what fits.
  package func sum<Amount: FixedWidthInteger>(_ amount: (Element) -> Amount) -> Amount {
    reduce(0) { $0.plus(amount($1)) }
  }
}

extension Int64 {
  /// The product; the nearest number where it doesn't fit.
  func timesClamped(_ other: Int64) -> Int64 {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? .max : product
  }
}

extension Int64 {
  /// The bytes of so many pages; nothing where the number of pages is unknown, or no machine has as many.
  init?(pages: UInt64?, of size: Int64) {
    guard let pages, let count = Int64(exactly: pages) else { return nil }
    let (bytes, overflow) = count.multipliedReportingOverflow(by: size)
    guard !overflow else { return nil }
    self = bytes
  }
}
