package import KmemSnapshot

/// A list that a source gives, or why the source doesn't.
package enum SourceList<Element: Hashable & Sendable>: Hashable, Sendable {
  case listed([Element])
  case missing(MissingList)

  /// The elements; none where the list is missing.
  package var elements: [Element] {
    guard case .listed(let elements) = self else { return [] }
    return elements
  }

  /// Why there is no list, where there is none.
  package var missing: MissingList? {
    guard case .missing(let reason) = self else { return nil }
    return reason
  }
}

/// Why there is no list of one moment, or none of what changed between two.
package enum MissingList: Hashable, Sendable {
  /// The source is missing: at the only moment, or for the same reason at both.
  case source(Missing)
  /// The source is missing at the first moment only.
  case before(Missing)
  /// The source is missing at the second moment only.
  case after(Missing)
  /// The source is missing at both moments, for one reason before and for another one after.
  case both(before: Missing, after: Missing)
  /// The moments are of two boots, and what is listed is known within one only.
  case twoBoots

  /// Whether the kernel refused the source at one of the moments.
  package var isDenied: Bool {
    switch self {
    case .source(let missing), .before(let missing), .after(let missing):
      missing.cause == .denied
    case .both(let before, let after): before.cause == .denied || after.cause == .denied
    case .twoBoots: false
    }
  }
}

extension SourceList {
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
