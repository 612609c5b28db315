/// What two snapshots allow to be said.
///
/// They can say "grew", never "leak".
package struct GrowthVerdict: Hashable, Sendable {
  /// The word for what grew, or that nothing did.
  package let conclusion: Conclusion
  /// Growth below this is noise: counters are summed lazily, per-CPU lists breathe.
  ///
  /// Bytes: 2 MiB, or 1/5000 of MemTotal if that is more; and `rounding`.
  package let floor: Int64
  /// What the rounding of tools may hide, in bytes; 0 where the kernel's own files were read.
  package let rounding: Int64
  /// Growth by whose memory it is, in bytes, as far as it is known.
  package let sides: SideTotals
  /// The sides that grew by more than noise, the worrying ones first.
  package let grown: [MemorySide]
  /// What the moments lack for a comparison of all memory.
  package let gaps: GrowthGaps
  /// Bytes held for user space of which a moment doesn't tell whether programs have more: they may be
  /// the kernel's own.
  package let unproven: Int64
  /// Whether the moments may be compared at all: not two boots, nor two machines, nor in the
  /// wrong order.
  package let isComparable: Bool

  /// Whether nothing grew by more than noise but what is in no class, and that by no more than per-CPU
  /// lists may, which aren't told.
  package let mayBeFreeLists: Bool

  /// Judges the growth that is known; what isn't known is never called stable.
  ///
  /// `slab` is what reclaimable slab gained.
  init(
    kind: Growth.Kind, isReversed: Bool, total: Int64?, sides: SideTotals, slab: Int64,
    gaps: GrowthGaps, rounding: Int64 = 0, unproven: Int64 = 0
  ) {
    let isGrowth = kind.isGrowth && !isReversed
    self.rounding = rounding
    floor = Self.floor(total: total).plus(rounding)
    self.unproven = unproven
    let noise = SuspectNoise(
      floor: floor, total: total, slab: slab, hasFreeLists: gaps.hasFreeLists)
    self.sides = sides
    self.gaps = gaps
    isComparable = isGrowth
    grown = isGrowth ? Self.grown(sides, floor: floor, noise) : []
    let rest = sides[.unaccounted]
    mayBeFreeLists =
      isGrowth && gaps.isEmpty && grown.isEmpty && rest >= floor && rest < noise.rest
    conclusion = Self.conclusion(
      grown, isWhole: isGrowth && gaps.isEmpty && !mayBeFreeLists)
  }

  /// Growth below this is noise, on a machine of so many bytes.
  static func floor(total: Int64?) -> Int64 { max(2 << 20, (total ?? 0) / 5000) }

  /// Cache is given back by itself: where there is a gap, it never stands for an answer.
  private static func conclusion(_ grown: [MemorySide], isWhole: Bool) -> Conclusion {
    guard let first = grown.first else { return isWhole ? .stable : .notEnough }
    return first == .cache && !isWhole ? .notEnough : first.conclusion ?? .stable
  }

  /// The kernel's own, what is in no class, what is held for programs, programs, cache.
  ///
  /// Where what comes first is less than a tenth of a later kind (cache apart) and less than 16 MiB, it
  /// follows that kind: page tables grow with the programs that they map.
  private static func grown(_ sides: SideTotals, floor: Int64, _ noise: SuspectNoise)
    -> [MemorySide]
  {
    var grown = suspects(sides, noise)
    for side in [MemorySide.heldForUserSpace, .userSpace] where sides[side] >= floor {
      let isLarge = { (other: MemorySide) in
        sides[other] >= 16 << 20
          || Double(sides[other]) >= Double(sides[side]) * Conclusion.kernelShare
      }
      grown = grown.filter(isLarge) + [side] + grown.filter { !isLarge($0) }
    }
    return grown + (sides[.cache] >= floor ? [.cache] : [])
  }

  /// Memory may pass from one of the two to the other: their sum has to grow.
  private static func suspects(_ sides: SideTotals, _ noise: SuspectNoise) -> [MemorySide] {
    let rest = noise.hasFreeLists || sides[.unaccounted] >= noise.rest ? sides[.unaccounted] : 0
    guard sides[.kernel].plus(rest) >= noise.kernel else { return [] }
    let parts = [MemorySide.kernel, .unaccounted].filter {
      sides[$0] >= ($0 == .kernel ? noise.kernel : noise.rest)
    }
    // Each is noise by itself, and both together are more.
    return parts.isEmpty ? [.kernel, .unaccounted] : parts
  }
}

/// Growth of the kernel's own and of what is in no class that means nothing, in bytes.
struct SuspectNoise {
  /// Of the kernel's own: the floor, or an eighth of what reclaimable slab gained, 16 MiB of it at most.
  ///
  /// File systems hold objects beside the inodes that they cache: 3.1 MiB of jbd2_inode and kmalloc
  /// beside 26.4 MiB, where 20,000 files were made on ext4 (Linux 6.12).
  let kernel: Int64
  /// Of what is in no class: the floor; where zoneinfo doesn't tell per-CPU lists, four floors, or 24
  /// MiB, but no more than 1/32 of MemTotal for these.
  ///
  /// From 5.14 to 6.6 the lists of a zone hold its low watermark at most (`zone_highsize()` in
  /// mm/page_alloc.c), which is 1/800 of 16 GiB; since 6.7 they may grow to an eighth of the zone where
  /// pages are taken and given back all the time: 17 MiB of 987 MiB, where files were made (6.12).
  let rest: Int64
  /// Whether per-CPU lists are told; else pages that leave them for the kernel show as loss of what is
  /// in no class, and don't make up for anything.
  let hasFreeLists: Bool

  init(floor: Int64, total: Int64?, slab: Int64, hasFreeLists: Bool) {
    kernel = max(floor, min(16 << 20, slab / 8))
    self.hasFreeLists = hasFreeLists
    rest = hasFreeLists ? floor : max(floor.timesClamped(4), min(24 << 20, (total ?? .max) / 32))
  }
}
