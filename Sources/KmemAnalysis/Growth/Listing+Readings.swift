import KmemSnapshot

extension Listing {
  /// The list made from a reading, or why it isn't there.
  init<Value>(_ reading: Reading<Value>, _ elements: (Value) -> [Element]) {
    switch reading {
    case .value(let value): self = .listed(elements(value))
    case .missing(let missing): self = .missing(.source(missing))
    }
  }

  /// The list made from both readings, or why one of them isn't there.
  init<Value>(
    from before: Reading<Value>, to after: Reading<Value>,
    _ elements: (Value, Value) -> [Element]
  ) {
    switch (before, after) {
    case (.value(let first), .value(let second)): self = .listed(elements(first, second))
    case (.missing(let first), .missing(let second)):
      self = .missing(first == second ? .source(first) : .both(before: first, after: second))
    case (.missing(let first), .value): self = .missing(.before(first))
    case (.value, .missing(let second)): self = .missing(.after(second))
    }
  }
}
