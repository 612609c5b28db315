/// What one thing holds at one moment.
package struct NamedAmount<Name: Hashable & Sendable>: Hashable, Sendable {
  /// What tells the thing from others in its list.
  package let name: Name
  /// Bytes held.
  package let bytes: Int64
  /// Areas or calls.
  package let count: Int64
}

extension Array {
  /// The amounts, the largest first.
  static func amounts<Name>(
    _ amounts: [Name: (bytes: Int64, count: Int64)], inOrder precedes: (Name, Name) -> Bool
  ) -> Self where Element == NamedAmount<Name> {
    amounts.map { NamedAmount(name: $0.key, bytes: $0.value.bytes, count: $0.value.count) }
      .largestFirst(inOrder: precedes)
  }

  /// The amounts, the largest first; of equal ones, in the order of their names.
  func largestFirst<Name>(inOrder precedes: (Name, Name) -> Bool) -> Self
  where Element == NamedAmount<Name> {
    sorted { $0.bytes == $1.bytes ? precedes($0.name, $1.name) : $0.bytes > $1.bytes }
  }
}
