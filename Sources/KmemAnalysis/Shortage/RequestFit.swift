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
  /// Whether it was for a device that reaches the lowest memory only (GFP_DMA, GFP_DMA32).
  let isForDevice: Bool
  /// Whether the request could wait until memory is given back; nothing where nothing tells it.
  let canWait: Bool?
  /// Whether the kernel keeps a part of each larger block from requests: those up to 4.3, told by masks
  /// without names (4.6).
  let keepsBlocks: Bool
  /// Whether the OOM killer was called for it.
  let isOfKiller: Bool

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
    /// Bytes on the zone's LRU lists: programs' and files'; nothing where they aren't printed.
    let lists: Int64?
    /// Free bytes that the request could have.
    let usable: Int64
    /// Whether a block of the order was there; nothing where the lists aren't printed.
    let hasBlock: Bool?
    /// Free bytes in blocks of the order or larger that it could have had; nothing where the lists aren't
    /// printed.
    let inBlocks: Int64?

    /// Whether hardly any of the free memory is in such blocks: less than a twentieth.
    var isScarce: Bool { inBlocks.map { $0 < free / 20 } ?? false }

    /// Free bytes beyond the watermark of the last attempt.
    ///
    /// Before the OOM killer is called that is the high one (`__alloc_pages_may_oom()`), so that what lies
    /// between doesn't show that the request would have been met.
    let beyondLast: Int64

    /// Free bytes that were counted as kept for interrupts, where the zone was short for that alone; the
    /// kernel counts pages in use with them up to 6.12 (`__zone_watermark_unusable_free()`).
    let reserve: Int64

    /// Whether the request had to be refused for lack of pages.
    var isShort: Bool { usable <= 0 }
  }

  /// All free bytes where the request could look.
  var free: Int64 { zones.reduce(0) { $0.plus($1.free) } }
  /// All bytes where the request could look.
  var managed: Int64 { zones.reduce(0) { $0.plus($1.managed) } }
  /// Free bytes beyond the watermarks within reach.
  var usable: Int64 { zones.reduce(0) { $0.plus(max(0, $1.usable)) } }

  /// Free bytes within reach that were counted as kept for interrupts, where nothing else made zones short.
  var reserve: Int64 { zones.reduce(0) { $0.plus($1.reserve) } }

  /// Bytes within reach that are neither free nor on a list of programs and files.
  ///
  /// They are slab, and pages that the kernel and its drivers took. Nothing where a zone's lists aren't
  /// printed.
  var kernelBytes: Int64? {
    zones.reduce(Optional(Int64(0))) { sum, zone in
      guard let sum, let lists = zone.lists, zone.managed > 0 else { return nil }
      return sum.plus(max(0, zone.managed.minus(zone.free).minus(lists)))
    }
  }

  /// Free bytes of the CMA where the request could look.
  var cma: Int64 { zones.reduce(0) { $0.plus($1.cma) } }

  init(_ report: MemoryReport, pageSize: Int64) {
    let flags = GfpFlags(report.request)
    order = max(0, report.request.order ?? 0)
    isMovable = flags.isMovable
    isForDevice = flags.isForDevice
    canWait = flags.canWait
    keepsBlocks = report.request.mask != nil && report.request.names.isEmpty
    isOfKiller = report.trigger == .outOfMemory
    let bound = report.boundNodes.map(NodeSet.init)
    let populated = report.memory.zones.filter {
      ($0.present ?? 1) > 0 && bound?.contains($0.node) ?? true
    }
    let highest = flags.highestZone(among: Set(populated.map(\.name)))
    let layout = ReserveLayout(populated, isNarrow: report.isNarrow)
    // What zones had of which the lines are missing isn't known.
    // Of nodes that the request couldn't use none are printed.
    let lacks = bound == nil ? report.lacksZones : report.memory.lacksZoneByReserves
    let isWhole = !lacks || layout?.hasAll(populated, upTo: highest) ?? false
    let ranked = isWhole ? populated : []
    let top = ranked.map { GfpFlags.rank($0.name) }.filter { $0 <= highest }.max() ?? 0
    for zone in ranked {
      guard GfpFlags.rank(zone.name) <= highest else {
        freeElsewhere = freeElsewhere.plus(zone.free(pageSize))
        continue
      }
      if !names.contains(zone.name) { names.append(zone.name) }
      let kept = layout.map { $0.pages(kept: zone, from: highest) } ?? 0
      zones.append(
        Zone(zone, fit: self, reserve: kept, isTop: GfpFlags.rank(zone.name) >= top, pageSize))
    }
  }
}

extension RequestFit.Zone {
  init(_ zone: ShowMem.Zone, fit: RequestFit, reserve: Int64, isTop: Bool, _ pageSize: Int64) {
    name = zone.name
    free = zone.free(pageSize)
    managed = zone.amounts["managed"].map { _ in zone.bytes("managed") } ?? zone.bytes("present")
    lists = zone.lists
    let listed = zone.amounts["free_cma"].map { _ in zone.bytes("free_cma") }
    cma = Swift.min(free, listed ?? zone.blocks(ofKind: "C", pageSize))
    let reserve = reserve.timesClamped(pageSize)
    // Those that can't wait may take half of the last reserve.
    let min = fit.canWait == false ? zone.bytes("min") / 2 : zone.bytes("min")
    kept = min.plus(reserve).plus(zone.bytes("reserved_highatomic"))
    // Even movable pages don't get all of the CMA; that the request failed shows that it didn't.
    let usable = free.minus(cma).minus(kept)
    // Without its line it isn't known what a lower zone keeps: it is kept for those that need it.
    // The pages of the request must be there beyond the watermark, not only the first.
    let size = pageSize.timesClamped(fit.order < 32 ? (1 << Int64(fit.order)) - 1 : .max)
    let isUnknown = zone.amounts.isEmpty && !isTop
    self.usable = isUnknown ? 0 : usable.minus(size)
    let reserved = Swift.min(free, zone.bytes("reserved_highatomic"))
    let isSpent = isUnknown || self.usable > 0 || self.usable.plus(reserved) <= 0
    self.reserve = isSpent ? 0 : reserved
    let high = fit.isOfKiller ? Swift.max(0, zone.bytes("high").minus(zone.bytes("min"))) : 0
    beyondLast = self.usable.minus(high)
    let found =
      zone.freeBlocks.indices.contains {
        $0 >= fit.order && zone.freeBlocks[$0] > 0 && zone.isUsable(order: $0, fit.isMovable)
      } && (!fit.keepsBlocks || zone.keepsEnough(beyond: fit.order, min: min / pageSize))
    inBlocks =
      zone.freeBlocks.isEmpty ? nil : zone.bytes(inBlocksFrom: fit.order, fit.isMovable, pageSize)
    // A single page is a block: lists that are missing or broken tell no more.
    let isWhole = zone.hasAllBlocks(pageSize: Int(pageSize))
    hasBlock = found ? true : fit.order == 0 && !isWhole ? free > 0 : isWhole ? false : nil
  }
}

extension ShowMem.Zone {
  fileprivate func bytes(_ name: String) -> Int64 {
    Int64(clamping: amounts[name] ?? 0).timesClamped(1024)
  }

  fileprivate var present: UInt64? { amounts["present"] }

  /// Bytes on the LRU lists; before 2.6.28 there were two.
  fileprivate var lists: Int64? {
    let names = [
      "active_anon", "inactive_anon", "active_file", "inactive_file", "unevictable", "active",
      "inactive",
    ].filter { amounts[$0] != nil }
    return names.count < 2 ? nil : names.reduce(Int64(0)) { $0.plus(bytes($1)) }
  }

  /// Free bytes; those of its free blocks, where its line is missing.
  fileprivate func free(_ pageSize: Int64) -> Int64 {
    guard amounts["free"] == nil else { return bytes("free") }
    let pages = Fragmentation(freeBlocks: freeBlocks)?.freePages
    return Int64(pages: pages, of: pageSize) ?? 0
  }

  /// Whether enough is free in large blocks for a request of that order, by the rule of kernels up to
  /// 4.3: of what smaller blocks don't hold, more than a part of the watermark that halves by order.
  fileprivate func keepsEnough(beyond order: Int, min: Int64) -> Bool {
    guard order > 0, order < 20, freeBlocks.count > order, let free = pages else { return true }
    var left = free.minus(1 << Int64(order)).plus(1)
    var mark = min
    for smaller in 0..<order {
      left = left.minus(Int64(clamping: freeBlocks[smaller]).timesClamped(1 << Int64(smaller)))
      mark /= 2
      guard left > mark else { return false }
    }
    return true
  }

  /// Free pages by the list of blocks.
  private var pages: Int64? {
    Fragmentation(freeBlocks: freeBlocks).map { Int64(clamping: $0.freePages) }
  }

  /// Whether not all blocks of an order are of the CMA, isolated, or kept for interrupts (`H`; `R` up to
  /// 4.3).
  fileprivate func isUsable(order: Int, _ isMovable: Bool) -> Bool {
    guard order < kinds.count, !kinds[order].isEmpty else { return true }
    return kinds[order].contains { !"HIRC".contains($0) || $0 == "C" && isMovable }
  }

  /// Free bytes in blocks of that order or larger that a request could have.
  fileprivate func bytes(inBlocksFrom order: Int, _ isMovable: Bool, _ pageSize: Int64) -> Int64 {
    let counts = freeBlocks.enumerated().map { index, count in
      index >= order && isUsable(order: index, isMovable) ? count : 0
    }
    return Int64(pages: Fragmentation(freeBlocks: counts)?.freePages, of: pageSize) ?? 0
  }

  /// Bytes of free blocks of which all are of one kind.
  fileprivate func blocks(ofKind kind: String, _ pageSize: Int64) -> Int64 {
    let counts = freeBlocks.enumerated().map { order, count in
      order < kinds.count && kinds[order] == kind ? count : 0
    }
    return Int64(pages: Fragmentation(freeBlocks: counts)?.freePages, of: pageSize) ?? 0
  }
}
