import KmemAnalysis

extension CrossCheck.Sums {
  /// What is added up.
  var parts: String {
    switch self {
    case .caches: "Σ slab caches"
    case .freePages: "Σ buddyinfo blocks"
    case .vmallocCallers, .vmallocGrowth: "Σ vmalloc callers"
    case .managedPages: "Σ zones' managed pages"
    case .cacheGrowth: "Σ caches"
    }
  }

  /// What the sum should be equal to.
  var whole: String {
    switch self {
    case .caches: "meminfo Slab"
    case .freePages: "Σ zoneinfo free"
    case .vmallocCallers: "meminfo VmallocUsed"
    case .managedPages: "meminfo MemTotal"
    case .cacheGrowth: "slab"
    case .vmallocGrowth: "vmalloc and stacks"
    }
  }

  /// What the gap is known to consist of.
  var explanation: String {
    switch self {
    case .caches:
      "kmalloc of more than two pages is in no cache; slabs smaller than today's order"
    case .freePages: "read at different moments; unaccepted memory is only in zoneinfo"
    case .vmallocCallers: "areas made or freed between the two reads"
    case .managedPages:
      "meminfo of a container, or a guest whose memory is still being added"
    case .cacheGrowth: "kmalloc of more than two pages is in no cache"
    case .vmallocGrowth: "stacks kept for reuse; areas made or freed between the two reads"
    }
  }
}
