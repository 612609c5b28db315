import KmemSnapshot
import KmemTestSupport

@testable import KmemAnalysis

/// Pairs in which one class of a small machine grew by 40,000 KiB, or one cache.
extension GrowthPair {
  /// What grew: changes of meminfo, and slabs of a page each in one cache.
  static let typed: [GrowthPair] = [
    typed("nothing", [:]), typed("programs", ["AnonPages": 140_000, "Active": 190_000]),
    typed("page cache", ["Cached": 240_000, "Inactive": 200_000]),
    typed("tmpfs", ["Cached": 240_000, "Shmem": 60000, "Inactive": 200_000]),
    typed("locked files", ["Cached": 240_000, "Unevictable": 40000]),
    typed(
      "dentries", ["SReclaimable": 100_000, "Slab": 140_000, "KReclaimable": 100_000], "dentry"),
    typed("kernel's cache", ["SUnreclaim": 80000, "Slab": 140_000], "demo"),
    typed("open files", ["SUnreclaim": 80000, "Slab": 140_000], "filp"),
    typed("threads", ["KernelStack": 44000, "VmallocUsed": 64000]),
    typed("page tables", ["PageTables": 46000]), typed("vmalloc", ["VmallocUsed": 64000]),
    typed("percpu", ["Percpu": 41000]),
    typed("huge pages", ["HugePages_Total": 20, "Hugetlb": 40960]),
    typed("in no class", ["MemFree": 360_000], takes: 0),
  ]

  private static func typed(
    _ name: String, _ changes: [String: Int], _ cache: String? = nil, takes kilobytes: Int = 40000
  ) -> GrowthPair {
    func capture(_ changes: [String: Int], slabs: Int) -> Capture {
      Capture(typed: [
        "proc/meminfo": MeminfoText.balanced(changes),
        "proc/slabinfo": "slabinfo - version: 2.1\n"
          + ["demo", "filp", "dentry"].map { row($0, 100 + ($0 == cache ? slabs : 0)) }.joined(),
        "proc/zoneinfo": zoneinfo,
      ])
    }
    let used = changes.isEmpty || changes["MemFree"] != nil ? [:] : ["MemFree": 400_000 - kilobytes]
    return GrowthPair(
      name: "typed: \(name)", before: capture([:], slabs: 0),
      after: capture(changes.merging(used) { $1 }, slabs: 10000))
  }

  private static func row(_ name: String, _ slabs: Int) -> String {
    "\(name) \(slabs) \(slabs) 4096 1 1 : tunables 0 0 0 : slabdata \(slabs) \(slabs) 0\n"
  }

  private static let zoneinfo = """
    Node 0, zone   Normal
      pages free     100000
            min      1000
            low      1250
            high     1500
            spanned  262144
            present  262144
            managed  250000
      pagesets
        cpu: 0
                  count: 50
                  high:  200
                  batch: 50

    """
}
