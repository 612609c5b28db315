/// Something that leaking machines have more often than the others.
package struct SharedTrait: Hashable, Sendable {
  /// What it is.
  package let trait: FleetTrait
  /// How many of the leaking machines have it.
  package let leakingWith: Int
  /// How many machines leak.
  package let leaking: Int
  /// How many of the others have it.
  package let othersWith: Int
  /// How many others there are.
  package let others: Int
  /// The chance of such a difference or a larger one, if the thing has nothing to do with leaking.
  package let chance: Double
  /// The chance that the best of all things asked about separates so well by chance.
  package let adjustedChance: Double

  /// Below this chance the thing is called shared, and isn't put down to the number of things asked.
  package static let significant = 0.01

  /// Whether it separates too well for chance.
  package var isSignificant: Bool { adjustedChance <= Self.significant }

  /// How well it separates: the part of the leaking ones that have it less that of the others.
  var separation: Double {
    guard leaking > 0, others > 0 else { return 0 }
    return Double(leakingWith) / Double(leaking) - Double(othersWith) / Double(others)
  }

  /// The things that more of the leaking machines have, the best separator first.
  ///
  /// Machines of which a kind of thing isn't known at all don't count for that kind. Of things that
  /// the very same machines have, all are told: nothing here can tell cause from company.
  static func all(of leaking: [FleetHost], without others: [FleetHost]) -> [SharedTrait] {
    let names = Set(leaking.flatMap(\.traits))
    let tested = Double(names.count)
    let counts = FleetTrait.Kind.allCases.reduce(into: [FleetTrait.Kind: (Int, Int)]()) {
      $0[$1] = (leaking.count(knowing: $1), others.count(knowing: $1))
    }
    return names.compactMap { trait -> SharedTrait? in
      let (ill, well) = counts[trait.kind] ?? (0, 0)
      let (with, othersWith) = (leaking.count(having: trait), others.count(having: trait))
      guard ill > 0, well > 0, Double(with) / Double(ill) > Double(othersWith) / Double(well)
      else { return nil }
      let chance = FisherTest.chance(
        both: with, leaking: ill, having: with + othersWith, all: ill + well)
      return SharedTrait(
        trait: trait, leakingWith: with, leaking: ill, othersWith: othersWith, others: well,
        chance: chance, adjustedChance: min(1, chance * tested))
    }.sorted(by: isBetter)
  }

  private static func isBetter(_ one: SharedTrait, _ other: SharedTrait) -> Bool {
    if one.chance != other.chance { return one.chance < other.chance }
    if one.separation != other.separation { return one.separation > other.separation }
    let kinds = FleetTrait.Kind.allCases
    let (first, second) = (
      kinds.firstIndex(of: one.trait.kind) ?? 0, kinds.firstIndex(of: other.trait.kind) ?? 0
    )
    return first == second ? one.trait.name < other.trait.name : first < second
  }
}

extension [FleetHost] {
  fileprivate func count(having trait: FleetTrait) -> Int { count { $0.traits.contains(trait) } }

  /// How many machines tell of such things; that none was booted long ago tells too.
  fileprivate func count(knowing kind: FleetTrait.Kind) -> Int {
    kind == .uptime ? count : count { $0.traits.contains { $0.kind == kind } }
  }
}
