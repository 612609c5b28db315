extension Zoneinfo {
  /// One zone of a node.
  package struct Zone: Hashable, Sendable {
    /// The number of the NUMA node.
    package let node: Int
    /// The zone's name, such as `Normal`.
    package let name: String
    /// The free pages, those on per-CPU lists not among them.
    package internal(set) var free: UInt64?
    /// What the watermarks are raised by for the moment; printed since 6.1.
    package internal(set) var boost: UInt64?
    /// The watermarks, `boost` included.
    package internal(set) var min: UInt64?
    /// The watermark in pages below which kswapd wakes.
    package internal(set) var low: UInt64?
    /// The watermark in pages at which kswapd sleeps again.
    package internal(set) var high: UInt64?
    /// The watermark of memory tiering; printed since 6.12.
    package internal(set) var promo: UInt64?
    /// The pages between the zone's ends, holes included.
    package internal(set) var spanned: UInt64?
    /// The pages that exist.
    package internal(set) var present: UInt64?
    /// The pages that the page allocator manages; printed since 3.9.
    package internal(set) var managed: UInt64?
    /// The pages reserved for contiguous allocations; printed since 5.12.
    package internal(set) var cma: UInt64?
    /// How many pages of this zone are kept from allocations that could use a higher one, by zone.
    ///
    /// A negative one is held as 2^64 − n.
    package internal(set) var protection: [UInt64] = []
    /// The statistics of the zone itself.
    package internal(set) var counters: [Counter] = []
    /// Everything else that has a name.
    ///
    /// `start_pfn`, `node_unreclaimable`, `reserved_highatomic`, `scanned` and the like; names as
    /// printed, without their colon.
    package internal(set) var others: [Counter] = []
    /// The per-CPU lists, in the file's order.
    package internal(set) var pagesets: [Pageset] = []

    init(node: Int, name: String) {
      self.node = node
      self.name = name
    }
  }

  /// The per-CPU lists of one processor.
  package struct Pageset: Hashable, Sendable {
    /// The processor's number.
    package let processor: Int
    /// The pages on the lists; up to 2.6.24 the sum of the hot and the cold list.
    package internal(set) var count: UInt64?
    /// The pages at which some are given back; up to 2.6.24 that of the hot list.
    package internal(set) var high: UInt64?
    /// The pages that are moved between the lists and the zone at once.
    package internal(set) var batch: UInt64?
    /// The bounds between which `high` is tuned; not printed in 6.12, printed in 6.18.
    package internal(set) var highMin: UInt64?
    /// The upper of the two bounds.
    package internal(set) var highMax: UInt64?
    /// How far the processor's part of a counter may differ before it's added (`CONFIG_SMP`).
    package internal(set) var statThreshold: UInt64?
    /// What else is printed for the processor: `low` and `numa_hit`, … up to 2.6.17.
    package internal(set) var others: [Counter] = []

    init(processor: Int) { self.processor = processor }
  }
}

extension Zoneinfo.Zone {
  /// Whether the zone has memory.
  package var isPopulated: Bool { present.map { $0 > 0 } ?? !counters.isEmpty }

  /// The statistic of that name, if the kernel printed it; `others` are looked at last.
  package func counter(_ name: String) -> UInt64? {
    (counters.first { $0.name == name } ?? others.first { $0.name == name })?.value
  }
}
