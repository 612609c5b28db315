/// How broken up the free memory of a zone is, by the kernel's own formulas.
///
/// Source: `mm/vmstat.c`, `unusable_free_index()` and `__fragmentation_index()`; the same values are in
/// `/sys/kernel/debug/extfrag/` (CONFIG_COMPACTION, 2.6.35). Integer divisions as there.
package struct Fragmentation: Hashable, Sendable {
  /// Free blocks by order.
  package let freeBlocks: [UInt64]
  /// Free pages in all.
  package let freePages: UInt64

  /// Takes the free blocks of each order; nil where the counts are so large that no machine can
  /// have them.
  package init?(freeBlocks: [UInt64]) {
    var pages: UInt64 = 0
    for (order, count) in freeBlocks.enumerated() {
      guard order < 40, count < (1 << 52) >> UInt64(order) else { return nil }
      pages += count << order
    }
    // The indices multiply by 1000.
    guard pages < 1 << 50 else { return nil }
    self.freeBlocks = freeBlocks
    freePages = pages
  }

  /// How many free blocks of that order there are, where each larger block counts as several.
  package func suitableBlocks(order: Int) -> UInt64 {
    freeBlocks.enumerated().dropFirst(order).reduce(0) { $0 + $1.element << ($1.offset - order) }
  }

  /// Which part of the free memory can't serve a request of that order, in thousandths.
  package func unusableIndex(order: Int) -> Int {
    guard freePages > 0 else { return 1000 }
    let unusable = freePages - suitableBlocks(order: order) << order
    return Int(unusable * 1000 / freePages)
  }

  /// Why a request of that order would fail, in thousandths.
  ///
  /// Towards 0 memory is lacking, towards 1000 it is fragmented; −1000 means that the request would
  /// succeed.
  package func externalIndex(order: Int) -> Int {
    guard suitableBlocks(order: order) == 0 else { return -1000 }
    let blocks = freeBlocks.reduce(0, +)
    guard blocks > 0 else { return 0 }
    let requested: UInt64 = 1 << order
    return 1000 - Int((1000 + freePages * 1000 / requested) / blocks)
  }
}
