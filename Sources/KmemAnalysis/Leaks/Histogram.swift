/// Counts of the first few distinct values; the rest are one count.
package struct Histogram<Value: Hashable & Sendable>: Sendable {
  /// The first value: most groups have no other, and an array for each was a tenth of what 100,000 of them
  /// take.
  private var first: (value: Value, count: Int64)?
  private var more: [(value: Value, count: Int64)] = []
  /// How many had another value than those counted apart.
  package private(set) var others: Int64 = 0

  /// Begins without counts.
  package init() {}

  /// The values that are counted apart, in the order in which they were seen; at most 16.
  package var entries: [(value: Value, count: Int64)] { first.map { [$0] + more } ?? [] }

  /// How many values are counted apart.
  var distinct: Int { more.count + (first == nil ? 0 : 1) }

  mutating func add(_ value: Value, _ count: Int64 = 1) {
    guard let known = first?.value else {
      first = (value, count)
      return
    }
    guard known != value else {
      first?.count += count
      return
    }
    for index in more.indices where more[index].value == value {
      more[index].count += count
      return
    }
    if more.count < 15 { more.append((value, count)) } else { others += count }
  }

  mutating func add(others count: Int64) { others = others.plus(count) }

  /// The same counts by other values, where each value turns into exactly one other.
  func map<Other>(_ transform: (Value) -> Other) -> Histogram<Other> {
    var tally = Histogram<Other>()
    tally.first = first.map { (transform($0.value), $0.count) }
    tally.more = more.map { (transform($0.value), $0.count) }
    tally.others = others
    return tally
  }

  /// The values, the most frequent first; those as frequent in the order in which they were seen.
  package var ranked: [(value: Value, count: Int64)] {
    // To sort one entry takes as long as to write ten.
    if let first, more.isEmpty { return [first] }
    return entries.enumerated()
      .sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }
      .map { $0.element }
  }
}
