import KmemParsers

/// For which zones the numbers of `lowmem_reserve[]` are.
///
/// The list has a number for each kind of zone that the kernel is built with, populated or not, and
/// doesn't name them: the kinds are found by what each zone keeps from itself and lower ones, nothing.
struct ReserveLayout {
  /// The ranks of the zones, in the order of the numbers.
  private let ranks: [Int]

  /// Whether it is sure: of a kernel of 32 bits, which has no DMA32, and no other choice.
  private let isSure: Bool

  /// Nothing where no choice of kinds fits the numbers.
  init?(_ zones: [ShowMem.Zone], isNarrow: Bool) {
    let listed = zones.filter { !$0.reserve.isEmpty }
    guard let count = listed.first?.reserve.count, count <= GfpFlags.zones.count + 1 else {
      return nil
    }
    let present = Set(zones.map { GfpFlags.rank($0.name) })
    // Each number's bits choose kinds; one more stands for devices' memory.
    let choices = (1..<(1 << (GfpFlags.zones.count + 1))).lazy.map { bits in
      (0...GfpFlags.zones.count).filter { bits & (1 << $0) != 0 }
    }
    let found = choices.filter { ranks in
      ranks.count == count && present.isSubset(of: ranks)
        && listed.allSatisfy { Self.fits($0, ranks, present) }
    }
    guard let first = found.first else { return nil }
    let narrow = isNarrow ? found.filter(Self.isNarrow) : []
    (ranks, isSure) = (narrow.first ?? first, narrow.count == 1)
  }

  /// Whether a kernel of 32 bits may have these: all have Normal and Movable, none DMA32 or devices' memory
  /// (`enum zone_type` in `include/linux/mmzone.h`).
  private static func isNarrow(_ ranks: [Int]) -> Bool {
    ranks.contains(2) && ranks.contains(4) && !ranks.contains(1) && !ranks.contains(5)
  }

  /// Whether all zones up to that rank are there which have pages, by what one keeps from each next kind.
  ///
  /// Lines of zones that no request could use are missing then, and no others.
  func hasAll(_ zones: [ShowMem.Zone], upTo highest: Int) -> Bool {
    let present = Set(zones.map { GfpFlags.rank($0.name) })
    guard isSure, Set(zones.map(\.node)).count == 1, let lowest = present.min(),
      let zone = zones.first(where: { GfpFlags.rank($0.name) == lowest }), !zone.reserve.isEmpty,
      ranks.first == lowest
    else { return false }
    return zip(ranks.indices.dropFirst(), ranks.dropFirst()).allSatisfy { index, rank in
      rank > highest || present.contains(rank)
        || index < zone.reserve.count
          && zone.reserve[index] == zone.reserve[index - 1]
    }
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
