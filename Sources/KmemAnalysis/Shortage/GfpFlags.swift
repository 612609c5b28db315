package import KmemParsers

/// What the bits of a request say.
package struct GfpFlags {
  private let mask: UInt64?
  private let names: [String]

  /// The kinds of zones, from the one that devices reach most easily to the one with movable pages.
  static let zones = ["DMA", "DMA32", "Normal", "HighMem", "Movable"]

  /// The place of a zone among them; an unknown one is the last.
  static func rank(_ zone: String) -> Int { zones.firstIndex(of: zone) ?? zones.count }

  /// Reads the mask of a request, or the names of its bits.
  package init(_ request: MemoryRequest) {
    mask = request.mask
    names = request.names
  }

  /// The lowest four bits name zones in all releases: DMA, HIGHMEM, DMA32, MOVABLE.
  private func has(_ bit: UInt64, _ words: String...) -> Bool {
    if let mask { return mask & bit != 0 }
    return names.contains { name in words.contains { name.contains($0) } }
  }

  var isMovable: Bool { has(8, "MOVABLE", "TRANSHUGE") }

  var isForDevice: Bool { has(1, "GFP_DMA") || has(4, "DMA32") }

  /// The rank of the highest zone that the request may use, of those that there are.
  func highestZone(among present: Set<String>) -> Int {
    guard mask != nil || !names.isEmpty else { return Self.zones.count }
    let isHigh = has(2, "HIGHUSER", "HIGHMEM", "TRANSHUGE")
    let wanted =
      has(4, "DMA32") ? 1 : has(1, "GFP_DMA") ? 0 : isHigh ? (isMovable ? 4 : 3) : 2
    // A kernel without that zone takes the lowest that it has; only pages that can be moved lie in Movable.
    let lowest = present.map(Self.rank).filter { $0 < 4 }.min() ?? 0
    return max(wanted, lowest)
  }

  /// Whether the request may wait for reclaim: by the names of the bits, else by `__GFP_WAIT` (up to
  /// 4.3) and `__GFP_DIRECT_RECLAIM` (4.4, 4.5).
  package var canWait: Bool? {
    if !names.isEmpty {
      return names.contains { name in Self.waiting.contains { name.hasPrefix($0) } }
        && !names.contains("GFP_TRANSHUGE_LIGHT")
    }
    return mask.map { $0 & 0x10 != 0 || $0 & 0x400000 != 0 }
  }

  private static let waiting = [
    "GFP_KERNEL", "GFP_USER", "GFP_HIGHUSER", "GFP_NOFS", "GFP_NOIO", "GFP_TRANSHUGE",
    "GFP_TEMPORARY", "__GFP_DIRECT_RECLAIM", "__GFP_RECLAIM", "__GFP_WAIT",
  ]
}
