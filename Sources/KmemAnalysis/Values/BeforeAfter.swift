/// An amount at two moments.
///
/// An amount that is missing on one side has no growth.
package struct BeforeAfter: Hashable, Sendable {
  /// The amount at the earlier moment; nothing where it isn't known.
  package let before: Int64?
  /// The amount at the later moment; nothing where it isn't known.
  package let after: Int64?

  /// An amount before and after.
  package init(_ before: Int64?, _ after: Int64?) {
    self.before = before
    self.after = after
  }

  /// After less before; nothing where either is missing.
  package var growth: Int64? {
    guard let before, let after else { return nil }
    let (growth, overflow) = after.subtractingReportingOverflow(before)
    return overflow ? nil : growth
  }

  /// The growth, with an amount that isn't there counted as nothing held.
  ///
  /// Only for lists that name everything that holds memory, such as slabinfo: what isn't listed then
  /// holds none.
  package var growthIfAbsentIsZero: Int64 {
    (after ?? 0).minus(before ?? 0)
  }
}

/// Growth of one thing that has a name: a cache, a caller, a tag, a module, a zone.
package struct NamedChange<Name: Hashable & Sendable>: Hashable, Sendable {
  /// What tells the thing from others in its list.
  package let name: Name
  /// Bytes before and after; nothing where the thing wasn't listed.
  package let bytes: BeforeAfter
  /// Objects, calls or areas before and after.
  package let count: BeforeAfter

  /// The change of the thing of that name.
  package init(name: Name, bytes: BeforeAfter, count: BeforeAfter) {
    self.name = name
    self.bytes = bytes
    self.count = count
  }
}

extension Array {
  /// The changes of all things named on either side, the largest growth first.
  static func changes<Name>(
    from before: [Name: (bytes: Int64, count: Int64)],
    to after: [Name: (bytes: Int64, count: Int64)],
    inOrder precedes: (Name, Name) -> Bool
  ) -> Self where Element == NamedChange<Name> {
    Set(before.keys).union(after.keys)
      .map { name in
        NamedChange(
          name: name, bytes: BeforeAfter(before[name]?.bytes, after[name]?.bytes),
          count: BeforeAfter(before[name]?.count, after[name]?.count))
      }
      .largestFirst(inOrder: precedes)
  }

  /// The changes, the largest growth first; of equal ones, in the order of their names.
  func largestFirst<Name>(inOrder precedes: (Name, Name) -> Bool) -> Self
  where Element == NamedChange<Name> {
    sorted { first, second in
      let (one, other) = (first.bytes.growthIfAbsentIsZero, second.bytes.growthIfAbsentIsZero)
      return one == other ? precedes(first.name, second.name) : one > other
    }
  }
}
