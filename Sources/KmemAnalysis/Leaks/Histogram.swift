/// Counts of the first few distinct values; the rest are one count.
package struct Histogram<Value: Hashable & Sendable>: Sendable {
  /// The values that are counted apart, in the order in which they were seen; at most 16.
  package private(set) var entries: [(value: Value, count: Int64)] = []
  /// How many had another value than those counted apart.
  package private(set) var others: Int64 = 0

  /// Begins without counts.
  package init() {}

  mutating func add(_ value: Value, _ count: Int64 = 1) {
    for index in entries.indices where entries[index].value == value {
      entries[index].count += count
      return
    }
    if entries.count < 16 { entries.append((value, count)) } else { others += count }
  }

  mutating func add(others count: Int64) { others = others.plus(count) }

  /// The same counts by other values, where each value turns into exactly one other.
  func map<Other>(_ transform: (Value) -> Other) -> Histogram<Other> {
    var tally = Histogram<Other>()
    tally.entries = entries.map { (transform($0.value), $0.count) }
    tally.others = others
    return tally
  }

  /// The values, the most frequent first; those as frequent in the order in which they were seen.
  package var ranked: [(value: Value, count: Int64)] {
    entries.enumerated()
      .sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }
      .map(\.element)
  }
}
