import KmemParsers
package import KmemSnapshot

/// Two sums of the kernel's that should meet, with the gap between them.
package struct CrossCheck: Hashable, Sendable {
  /// Which sums they are.
  package let sums: Sums
  /// The sum of the parts in bytes.
  package let partsBytes: Int64
  /// What they should add up to, in bytes.
  package let wholeBytes: Int64

  /// What is compared.
  package enum Sums: CaseIterable, Hashable, Sendable {
    /// All slab caches, with meminfo's Slab.
    case caches
    /// The free blocks of buddyinfo, with the free pages of zoneinfo.
    case freePages
    /// The areas of all vmalloc callers, with meminfo's VmallocUsed.
    case vmallocCallers
    /// The pages that the zones manage, with MemTotal.
    case managedPages
    /// The growth of all slab caches, with that of the classes of slab.
    case cacheGrowth
    /// The growth of all vmalloc callers, with that of the classes of vmalloc and of stacks.
    case vmallocGrowth
  }

  /// What the parts lack, in bytes; below zero what they have too much.
  package var gap: Int64 { wholeBytes.minus(partsBytes) }
}

extension CrossCheck {
  /// The cross-checks that the sources of the snapshot allow.
  package static func all(_ snapshot: Snapshot, usage: SlabUsage?) -> [CrossCheck] {
    [slab(snapshot, usage), buddy(snapshot), vmalloc(snapshot), zones(snapshot)].compactMap { $0 }
  }

  private static func slab(_ snapshot: Snapshot, _ usage: SlabUsage?) -> CrossCheck? {
    guard let usage, !usage.caches.isEmpty, let slab = snapshot.meminfo.value?[.slab]?.bytes else {
      return nil
    }
    return CrossCheck(sums: .caches, partsBytes: usage.bytes, wholeBytes: slab)
  }

  private static func buddy(_ snapshot: Snapshot) -> CrossCheck? {
    let size = Int64(snapshot.host.pageSize.bytes)
    guard let rows = snapshot.buddyinfo.value?.rows, let zones = snapshot.zoneinfo.value?.zones,
      let blocks = bytes(rows.map(\.freePages), size), let free = bytes(zones.map(\.free), size)
    else { return nil }
    return CrossCheck(sums: .freePages, partsBytes: blocks, wholeBytes: free)
  }

  private static func vmalloc(_ snapshot: Snapshot) -> CrossCheck? {
    let size = Int64(snapshot.host.pageSize.bytes)
    guard let areas = snapshot.vmallocinfo.value?.areas, let meminfo = snapshot.meminfo.value,
      let used = meminfo[.vmallocUsed]?.bytes, used > 0, meminfo[.vmallocChunk]?.value ?? 0 == 0,
      let pages = bytes(areas.filter(\.isMemory).map(\.pages), size)
    else { return nil }
    return CrossCheck(sums: .vmallocCallers, partsBytes: pages, wholeBytes: used)
  }

  private static func zones(_ snapshot: Snapshot) -> CrossCheck? {
    let size = Int64(snapshot.host.pageSize.bytes)
    guard let pages = snapshot.zoneinfo.value?.managedPages,
      let total = snapshot.meminfo.value?[.memTotal]?.bytes, let managed = bytes([pages], size)
    else { return nil }
    return CrossCheck(sums: .managedPages, partsBytes: managed, wholeBytes: total)
  }

  private static func bytes(_ pages: [UInt64?], _ size: Int64) -> Int64? {
    var sum: UInt64 = 0
    for count in pages {
      let (next, overflow) = sum.addingReportingOverflow(count ?? 0)
      guard !overflow else { return nil }
      sum = next
    }
    return Int64(pages: sum, of: size)
  }
}
