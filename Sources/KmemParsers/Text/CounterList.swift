/// Collects the counters of one zone after another, whose names are the same ones in the same order.
///
/// The name at each position is remembered, so that it becomes a string once for the whole file.
struct CounterList {
  private var counters: [Zoneinfo.Counter] = []
  private var names: [String] = []

  mutating func add(_ name: Span<UInt8>, _ value: UInt64) {
    let position = counters.count
    if position < names.count, names[position].utf8Span.span.equals(name) {
      return counters.append(.init(name: names[position], value: value))
    }
    let text = name.text
    if position < names.count { names[position] = text } else { names.append(text) }
    counters.append(.init(name: text, value: value))
  }

  /// Hands over what was collected and begins anew.
  mutating func take() -> [Zoneinfo.Counter] {
    let taken = counters
    counters = []
    if !taken.isEmpty { counters.reserveCapacity(names.count) }
    return taken
  }
}
