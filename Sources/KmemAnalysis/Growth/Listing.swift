/// A list that a source gives, or why the source doesn't.
package enum Listing<Element: Hashable & Sendable>: Hashable, Sendable {
  case listed([Element])
  /// The reason in words: `absent before, read after`.
  case missing(String)

  /// The elements; none where the list is missing.
  package var elements: [Element] {
    guard case .listed(let elements) = self else { return [] }
    return elements
  }

  package var missing: String? {
    guard case .missing(let reason) = self else { return nil }
    return reason
  }
}
