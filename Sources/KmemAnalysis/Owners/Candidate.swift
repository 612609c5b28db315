/// How sure an owner is.
package enum Confidence: String, Hashable, Sendable, Comparable {
  /// The kernel counted it for this owner.
  case exact
  /// Inferred, and nothing speaks for another.
  case likely
  /// One of several that it could be.
  case possible

  package static func < (first: Self, second: Self) -> Bool { first.rank < second.rank }

  private var rank: Int { self == .exact ? 2 : self == .likely ? 1 : 0 }
}

/// One owner that growth may have, with what speaks for it.
package struct Candidate: Hashable, Sendable {
  /// Who it is.
  package internal(set) var owner: Owner
  /// How sure it is that the owner is this one.
  package internal(set) var confidence: Confidence
  /// The strongest first; never empty.
  package internal(set) var evidence: [Evidence]
  /// Bytes that this owner gained; nothing where the evidence has no amounts.
  package internal(set) var growth: Int64?
  /// Objects, pages or calls that it gained.
  package internal(set) var count: Int64?
}

extension [Candidate] {
  /// Adds a candidate, or what speaks for it to the one that is the same owner.
  mutating func join(_ other: Candidate) {
    guard let index = firstIndex(where: { $0.owner.isSame(as: other.owner) }) else {
      return append(other)
    }
    self[index].evidence += other.evidence
    if self[index].growth == nil { self[index].growth = other.growth }
    if self[index].owner.function == nil { self[index].owner = other.owner }
    self[index].confidence = Swift.max(self[index].confidence, other.confidence)
  }

  /// The surest first, then those that gained most.
  var ranked: [Candidate] {
    sorted { first, second in
      let (one, other) = (first.growth ?? 0, second.growth ?? 0)
      if first.confidence != second.confidence { return first.confidence > second.confidence }
      if one != other { return one > other }
      return (first.owner.module ?? "", first.owner.function ?? "")
        < (second.owner.module ?? "", second.owner.function ?? "")
    }
  }
}
