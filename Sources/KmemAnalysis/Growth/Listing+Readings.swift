import KmemSnapshot

extension Listing {
  /// The list made from both readings, or why one of them isn't there.
  init<Value>(
    from before: Reading<Value>, to after: Reading<Value>,
    _ elements: (Value, Value) -> [Element]
  ) {
    switch (before, after) {
    case (.value(let first), .value(let second)): self = .listed(elements(first, second))
    case (.missing(let first), .missing(let second)):
      self = .missing(
        first == second ? first.words : "\(first.words) before, \(second.words) after")
    case (.missing(let first), .value): self = .missing("\(first.words) before, read after")
    case (.value, .missing(let second)): self = .missing("read before, \(second.words) after")
    }
  }
}
