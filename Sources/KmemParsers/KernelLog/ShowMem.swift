/// What `show_mem()` prints of all memory.
///
/// Counters are pages, amounts of nodes and zones KiB, as printed.
package struct ShowMem: Hashable, Sendable {
  /// Whether any line of it was found.
  package internal(set) var isPrinted = false
  /// The counters of the whole machine in pages, by the name printed: `slab_unreclaimable`.
  package internal(set) var counters: [String: UInt64] = [:]
  /// The counters of nodes (4.8) in KiB, summed, by the name printed: `kernel_stack`.
  package internal(set) var ofNodes: [String: UInt64] = [:]
  /// The nodes of which a line with the LRU lists was read (4.8).
  package internal(set) var listedNodes: Set<Int> = []
  /// The zones in the log's order.
  package internal(set) var zones: [Zone] = []
  /// The pools of huge pages.
  package internal(set) var hugePages: [HugePages] = []
  /// The numbers that stand before words: `total pagecache pages`, `pages RAM`; in pages.
  package internal(set) var sums: [String: UInt64] = [:]
  /// `Total swap` in KiB.
  package internal(set) var swapTotal: UInt64?
  /// `Free swap` in KiB.
  package internal(set) var swapFree: UInt64?
  /// Bytes of a page, by the lists of free blocks; nothing without them.
  package internal(set) var pageSize: Int?

  /// Where the last lines left off.
  var place = Place()

  /// Where the last lines left off: what the next may go on with.
  struct Place: Hashable, Sendable {
    /// The zone that the last line was of, to which its reserve belongs.
    var zone: Int?
    /// The zone whose list of free blocks goes on.
    var blocksZone: Int?
    /// KiB of the blocks that come next in it.
    var blocksSize: UInt64 = 0
  }

  /// One zone of a node.
  package struct Zone: Hashable, Sendable {
    /// The node; 0 where the kernel prints none.
    package let node: Int
    /// The zone's name.
    package let name: String
    /// Its amounts in KiB, by the name printed: `free`, `min`, `present`.
    package internal(set) var amounts: [String: UInt64] = [:]
    /// The pages kept from requests that could use a higher zone, by zone.
    package internal(set) var reserve: [UInt64] = []
    /// Free blocks by order; empty where they aren't there.
    package internal(set) var freeBlocks: [UInt64] = []
    /// KiB in all of them, as printed behind the list; nothing where the line is cut.
    package internal(set) var blocksTotal: UInt64?
    /// Of which kinds the free blocks of each order are: `UME`, `C` for CMA, `H` for highatomic
    /// (3.13); empty where unknown.
    package internal(set) var kinds: [String] = []

    init(node: Int, name: String) {
      self.node = node
      self.name = name
    }

    /// Whether the list of free blocks is whole: it adds up to what is printed behind it.
    ///
    /// Lines that are cut, or mixed with those of another processor, don't.
    package func hasAllBlocks(pageSize: Int) -> Bool {
      guard let blocksTotal, !freeBlocks.isEmpty else { return false }
      var size = UInt64(pageSize / 1024)
      var sum: UInt64 = 0
      for count in freeBlocks {
        let (bytes, overflow) = count.multipliedReportingOverflow(by: size)
        let (next, more) = sum.addingReportingOverflow(bytes)
        guard !overflow, !more, size < 1 << 40 else { return false }
        (sum, size) = (next, size * 2)
      }
      return sum == blocksTotal
    }
  }

  /// The huge pages of one size on one node.
  package struct HugePages: Hashable, Sendable {
    /// The node.
    package let node: Int
    /// How many there are.
    package let total: UInt64
    /// How many are free.
    package let free: UInt64
    /// KiB of one.
    package let size: UInt64
  }

  /// What the lines of nodes have in all, in KiB; nothing where that of a node is missing.
  func ofAllNodes(_ name: String) -> UInt64? {
    guard !zones.isEmpty, zones.allSatisfy({ listedNodes.contains($0.node) }) else { return nil }
    return ofNodes[name]
  }

  /// Whether the reserves tell of a zone that isn't there: a zone's grow with each higher one of its
  /// node that has pages (`setup_per_zone_lowmem_reserve()` in `mm/page_alloc.c`).
  package var lacksZoneByReserves: Bool {
    zones.contains { zone in
      let steps = zip(zone.reserve, zone.reserve.dropFirst()).count { $0 < $1 }
      // A zone's own number is 0, but the first of all may be another's.
      let first = (zone.reserve.first ?? 0) > 0 ? 1 : 0
      return steps + first > zones.count { $0.node == zone.node } - 1
    }
  }

  /// A sum over all zones in KiB; nothing where a zone lacks it, or there are no zones.
  package func sum(_ name: String) -> UInt64? {
    guard !zones.isEmpty else { return nil }
    var sum: UInt64 = 0
    for zone in zones {
      guard let amount = zone.amounts[name] else { return nil }
      let (next, overflow) = sum.addingReportingOverflow(amount)
      guard !overflow else { return nil }
      sum = next
    }
    return sum
  }
}
