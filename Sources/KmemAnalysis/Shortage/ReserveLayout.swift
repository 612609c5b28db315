import KmemParsers

/// For which zones the numbers of `lowmem_reserve[]` are.
///
/// The list has a number for each kind of zone that the kernel is built with, populated or not, and
/// doesn't name them: the kinds are found by what each zone keeps from itself and lower ones, nothing.
struct ReserveLayout {
  /// The ranks of the zones, in the order of the numbers.
  private let ranks: [Int]

  /// Nothing where no choice of kinds fits the numbers.
  init?(_ zones: [ShowMem.Zone]) {
    let listed = zones.filter { !$0.reserve.isEmpty }
    guard let count = listed.first?.reserve.count, count <= GfpFlags.zones.count + 1 else {
      return nil
    }
    let present = Set(zones.map { GfpFlags.rank($0.name) })
    // Each number's bits choose kinds; one more stands for devices' memory.
    let choices = (1..<(1 << (GfpFlags.zones.count + 1))).lazy.map { bits in
      (0...GfpFlags.zones.count).filter { bits & (1 << $0) != 0 }
    }
    let found = choices.first { ranks in
      ranks.count == count && present.isSubset(of: ranks)
        && listed.allSatisfy { Self.fits($0, ranks, present) }
    }
    guard let found else { return nil }
    ranks = found
  }

  /// Whether the zone keeps nothing from requests for itself and lower ones, and something from those
  /// for the next one that there is.
  private static func fits(_ zone: ShowMem.Zone, _ ranks: [Int], _ present: Set<Int>) -> Bool {
    let own = GfpFlags.rank(zone.name)
    for (index, rank) in ranks.enumerated() where index < zone.reserve.count {
      if rank <= own, zone.reserve[index] != 0 { return false }
      if rank > own, present.contains(rank), zone.reserve[index] == 0,
        zone.reserve.contains(where: { $0 > 0 })
      {
        return false
      }
    }
    return true
  }

  /// The pages that a zone keeps from requests which could use the zone of that rank.
  func pages(kept zone: ShowMem.Zone, from highest: Int) -> Int64 {
    guard let index = ranks.lastIndex(where: { $0 <= highest }), index < zone.reserve.count else {
      return 0
    }
    // A broken counter of the kernel's is no reserve.
    return zone.reserve[index] < 1 << 40 ? Int64(zone.reserve[index]) : 0
  }
}
