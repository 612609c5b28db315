/// What two snapshots allow to be said.
///
/// They can say "grew", never "leak".
package struct GrowthVerdict: Hashable, Sendable {
  /// The word for what grew, or that nothing did.
  package let conclusion: Conclusion
  /// Growth below this is noise: counters are summed lazily, per-CPU lists breathe.
  ///
  /// Bytes.
  package let floor: Int64
  /// Growth by whose memory it is, in bytes.
  package let sides: SideTotals

  init(kind: Growth.Kind, total: Int64, classes: [ClassChange], caches: [CacheChange]) {
    floor = max(2 << 20, total / 5000)
    let known = classes.compactMap { change in
      change.bytes.growth.map { (key: change.memoryClass, value: $0) }
    }
    var sides = SideTotals(known)
    for cache in caches {
      sides.move(cache.growth, isReclaimable: cache.isReclaimable, to: cache.side)
    }
    self.sides = sides
    conclusion =
      kind.isGrowth && !known.isEmpty ? Self.conclusion(sides, floor: floor) : .notEnough
  }

  private static func conclusion(_ sides: SideTotals, floor: Int64) -> Conclusion {
    let kernel = sides.unexplained
    let others = [MemorySide.heldForUserSpace, .userSpace, .cache]
    let most = max(kernel, others.map { sides[$0] }.max() ?? 0)
    guard most >= floor else { return .stable }
    let isNamed = Double(kernel) >= Double(most) * Conclusion.kernelShare || kernel >= 16 << 20
    if kernel >= floor, isNamed { return .growing }
    return others.first { sides[$0] == most }?.conclusion ?? .stable
  }
}
