import KmemParsers

/// Where a request could look for memory, and what it found there.
///
/// The rules are those of `__zone_watermark_ok()` and `gfp_zone()` in `mm/page_alloc.c`.
struct RequestFit {
  /// The zones that the request could use, each with what it found; empty where none are printed.
  private(set) var zones: [Zone] = []
  /// Free bytes in zones that it could not use.
  private(set) var freeElsewhere: Int64 = 0
  /// The names of the zones that it could use.
  private(set) var names: [String] = []
  /// 2^order pages were asked for.
  let order: Int
  /// Whether the pages can be moved, so that the CMA may have them.
  let isMovable: Bool
  /// Whether the request could wait until memory is given back; nothing where nothing tells it.
  let canWait: Bool?

  /// One zone that the request could use.
  struct Zone {
    let name: String
    /// Bytes that it manages.
    let managed: Int64
    /// Free bytes, CMA included.
    let free: Int64
    /// Free bytes of the CMA.
    let cma: Int64
    /// Free bytes beyond what the request could have had at most.
    let kept: Int64
    /// Free bytes that the request could have.
    let usable: Int64
    /// Whether a block of the order was there; nothing where the lists aren't printed.
    let hasBlock: Bool?

    /// Whether the request had to be refused for lack of pages.
    var isShort: Bool { usable <= 0 }
  }

  /// All free bytes where the request could look.
  var free: Int64 { zones.reduce(0) { $0.plus($1.free) } }
  /// All bytes where the request could look.
  var managed: Int64 { zones.reduce(0) { $0.plus($1.managed) } }
  /// Free bytes of the CMA where the request could look.
  var cma: Int64 { zones.reduce(0) { $0.plus($1.cma) } }

  init(_ report: MemoryReport, pageSize: Int64) {
    let flags = GfpFlags(report.request)
    order = max(0, report.request.order ?? 0)
    isMovable = flags.isMovable
    canWait = flags.canWait
    let ranked = report.memory.zones.filter { ($0.present ?? 1) > 0 }
    let present = Set(ranked.map(\.name))
    let highest = flags.highestZone(among: present)
    let top = ranked.map { GfpFlags.rank($0.name) }.filter { $0 <= highest }.max() ?? 0
    for zone in ranked {
      guard GfpFlags.rank(zone.name) <= highest else {
        freeElsewhere = freeElsewhere.plus(zone.free(pageSize))
        continue
      }
      if !names.contains(zone.name) { names.append(zone.name) }
      zones.append(Zone(zone, fit: self, highest: highest, top: top, pageSize: pageSize))
    }
  }
}

extension RequestFit.Zone {
  init(_ zone: ShowMem.Zone, fit: RequestFit, highest: Int, top: Int, pageSize: Int64) {
    name = zone.name
    free = zone.free(pageSize)
    managed = zone.amounts["managed"].map { _ in zone.bytes("managed") } ?? zone.bytes("present")
    cma = min(free, zone.bytes("free_cma"))
    let reserve = zone.reserve(highest: highest).timesClamped(pageSize)
    // Those that can't wait may take half of the last reserve.
    let min = fit.canWait == false ? zone.bytes("min") / 2 : zone.bytes("min")
    kept = min.plus(reserve).plus(zone.bytes("reserved_highatomic"))
    // Even movable pages don't get all of the CMA; that the request failed shows that it didn't.
    let usable = free.minus(cma).minus(kept)
    // Without its line it isn't known what a lower zone keeps: it is kept for those that need it.
    self.usable = zone.amounts.isEmpty && GfpFlags.rank(zone.name) < top ? 0 : usable
    hasBlock =
      zone.freeBlocks.isEmpty
      ? nil
      : zone.freeBlocks.indices.contains {
        $0 >= fit.order && zone.freeBlocks[$0] > 0 && zone.isUsable(order: $0, fit.isMovable)
      }
  }
}

extension ShowMem.Zone {
  fileprivate func bytes(_ name: String) -> Int64 {
    Int64(clamping: amounts[name] ?? 0).timesClamped(1024)
  }

  fileprivate var present: UInt64? { amounts["present"] }

  /// Free bytes; those of its free blocks, where its line is missing.
  fileprivate func free(_ pageSize: Int64) -> Int64 {
    guard amounts["free"] == nil else { return bytes("free") }
    let pages = Fragmentation(freeBlocks: freeBlocks)?.freePages
    return Int64(pages: pages, of: pageSize) ?? 0
  }

  /// Whether not all blocks of an order are of the CMA, isolated, or kept for interrupts (`H`; `R` up to
  /// 4.3).
  fileprivate func isUsable(order: Int, _ isMovable: Bool) -> Bool {
    guard order < kinds.count, !kinds[order].isEmpty else { return true }
    return kinds[order].contains { !"HIRC".contains($0) || $0 == "C" && isMovable }
  }

  /// The pages kept from requests that could use the zone of that rank.
  ///
  /// The list has a place for each zone that the kernel is built with: they are told by their number
  /// and by the zone's own place, which is the last one with nothing kept.
  fileprivate func reserve(highest: Int) -> Int64 {
    guard let own = reserve.lastIndex(of: 0) ?? reserve.indices.first else { return 0 }
    let ranks = GfpFlags.zones.indices.filter { $0 > GfpFlags.rank(name) && $0 <= highest }
    guard !ranks.isEmpty else { return 0 }
    // Without a zone of its own kind (HighMem on 64 bits) a step is one zone less.
    let steps = reserve.count - own > GfpFlags.zones.count - GfpFlags.rank(name)
      ? ranks.count : min(ranks.count, reserve.count - 1 - own)
    let pages = reserve[min(reserve.count - 1, own + max(1, steps - 1))]
    return pages < 1 << 40 ? Int64(pages) : 0
  }
}

/// What the bits of a request say.
struct GfpFlags {
  private let mask: UInt64?
  private let names: [String]

  /// The kinds of zones, from the one that devices reach most easily to the one with movable pages.
  static let zones = ["DMA", "DMA32", "Normal", "HighMem", "Movable"]

  /// The place of a zone among them; an unknown one is the last.
  static func rank(_ zone: String) -> Int { zones.firstIndex(of: zone) ?? zones.count }

  init(_ request: MemoryRequest) {
    mask = request.mask
    names = request.names
  }

  /// The lowest four bits name zones in all releases: DMA, HIGHMEM, DMA32, MOVABLE.
  private func has(_ bit: UInt64, _ words: String...) -> Bool {
    if let mask { return mask & bit != 0 }
    return names.contains { name in words.contains { name.contains($0) } }
  }

  var isMovable: Bool { has(8, "MOVABLE", "TRANSHUGE") }

  /// The rank of the highest zone that the request may use, of those that there are.
  func highestZone(among present: Set<String>) -> Int {
    guard mask != nil || !names.isEmpty else { return Self.zones.count }
    let isHigh = has(2, "HIGHUSER", "HIGHMEM", "TRANSHUGE")
    let wanted =
      has(4, "DMA32") ? 1 : has(1, "GFP_DMA") ? 0 : isHigh ? (isMovable ? 4 : 3) : 2
    // A kernel without that zone takes the lowest that it has.
    let lowest = present.map(Self.rank).min() ?? 0
    return max(wanted, lowest)
  }

  /// Whether the request may wait for reclaim: by the names of the bits, else by `__GFP_WAIT` (up to
  /// 4.3) and `__GFP_DIRECT_RECLAIM` (4.4, 4.5).
  var canWait: Bool? {
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
