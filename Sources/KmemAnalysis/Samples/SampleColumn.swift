/// The amounts of one series from its first row on.
struct SampleColumn: Sendable {
  static let missing = Int64.min

  /// Which amount it is.
  let id: SeriesID
  /// The row of its first amount.
  var start: Int
  /// The amount as long as it hasn't changed.
  var constant: Int64
  /// All amounts, once it changed; `missing` where there was none.
  var values: [Int64] = []
  var latest = SampleColumn.missing

  mutating func append(_ value: Int64, rows: Int) {
    guard !values.isEmpty || value != constant else { return }
    if values.isEmpty { values = Array(repeating: constant, count: rows - start) }
    values.append(value)
  }

  /// Takes the lower of each two amounts.
  mutating func thin() {
    if !values.isEmpty {
      let paired = start % 2 == 1 ? [Self.missing] + values : values
      values = stride(from: 0, to: paired.count - 1, by: 2).map { index in
        let (first, second) = (paired[index], paired[index + 1])
        return first == Self.missing ? second : second == Self.missing ? first : min(first, second)
      }
    }
    start /= 2
  }

  var isGone: Bool {
    !id.isNothingWhenAbsent && values.count > 8
      && values.suffix(8).allSatisfy { $0 == Self.missing }
  }

  /// The difference between the highest and the lowest amount.
  var range: Int64 {
    var (low, high) = (Int64.max, Int64.min)
    for value in values where value != Self.missing {
      low = min(low, value)
      high = max(high, value)
    }
    return low > high ? 0 : high.minus(low)
  }
}
