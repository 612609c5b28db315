/// Collects the counters of one zone after another, whose names are the same ones in the same order.
///
/// The name at each position is remembered, so that it becomes a string once for the whole file.
struct CounterList {
  private var counters: [Zoneinfo.Counter] = []
  private var names: [String] = []
  /// Where in `bytes` each name is kept; a comparison with a string's own bytes costs more.
  private var places: [Range<Int>] = []
  private var bytes: [UInt8] = []

  /// Adds a counter, unless its name can't be one's; the kernel's row without a name can.
  mutating func add(_ name: Span<UInt8>, _ value: UInt64) -> Bool {
    let position = counters.count
    if position == names.count || !bytes.span.extracting(places[position]).equals(name) {
      guard name.isEmpty || name.isCounterName else { return false }
      remember(name, at: position)
    }
    counters.append(.init(name: names[position], value: value))
    return true
  }

  private mutating func remember(_ name: Span<UInt8>, at position: Int) {
    let start = bytes.count
    for index in name.indices { bytes.append(name[index]) }
    if position == names.count {
      names.append(name.text)
      places.append(start..<bytes.count)
    } else {
      names[position] = name.text
      places[position] = start..<bytes.count
    }
  }

  /// Hands over what was collected and begins anew.
  mutating func take() -> [Zoneinfo.Counter] {
    guard !counters.isEmpty else { return [] }
    let taken = counters
    counters = []
    counters.reserveCapacity(names.count)
    return taken
  }
}
