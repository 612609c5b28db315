/// Finds for each mapping of a second sample the one it was in the first.
///
/// A heap grows at its end, a stack at its beginning, and plain memory at either, where new memory
/// joins what lies beside it: one end stays.
struct MapMatches {
  private var byStart: [UInt64: MapArea]
  private var startsByEnd: [UInt64: UInt64]

  init(_ earlier: [MapArea]) {
    byStart = Dictionary(earlier.map { ($0.start, $0) }) { first, _ in first }
    startsByEnd = Dictionary(earlier.map { ($0.end, $0.start) }) { first, _ in first }
  }

  /// The mappings that found no match, by address.
  var left: [MapArea] { byStart.values.sorted { $0.start < $1.start } }

  /// The mapping with what it gained; a new mapping gained all it has.
  mutating func compared(_ area: MapArea) -> MapArea {
    var area = area
    let before = take(area)
    area.gained = area.held.minus(before?.held ?? 0)
    area.gainedVss = area.vss.minus(before?.vss ?? 0)
    return area
  }

  private mutating func take(_ area: MapArea) -> MapArea? {
    for start in [area.start, startsByEnd[area.end]].compactMap({ $0 }) {
      guard let before = byStart[start], before.path == area.path else { continue }
      byStart[start] = nil
      return before
    }
    return nil
  }
}
