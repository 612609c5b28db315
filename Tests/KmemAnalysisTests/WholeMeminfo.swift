/// A meminfo that has all lines of its kernel, of a machine with 10,000,000 KiB.
enum WholeMeminfo {
  /// The lines of 5.x without x86's last ones; 450,000 KiB are in no class.
  private static let lines: KeyValuePairs<String, UInt64> = [
    "MemTotal": 10_000_000, "MemFree": 3_500_000, "MemAvailable": 6_500_000, "Buffers": 100_000,
    "Cached": 3_000_000, "SwapCached": 0, "Active": 2_500_000, "Inactive": 2_600_000,
    "Active(anon)": 1_500_000, "Inactive(anon)": 600_000, "Active(file)": 1_000_000,
    "Inactive(file)": 2_000_000, "Unevictable": 0, "Mlocked": 0, "SwapTotal": 0, "SwapFree": 0,
    "Dirty": 0, "Writeback": 0, "AnonPages": 2_000_000, "Mapped": 300_000, "Shmem": 100_000,
    "KReclaimable": 500_000, "Slab": 800_000, "SReclaimable": 500_000, "SUnreclaim": 300_000,
    "KernelStack": 20000, "PageTables": 40000, "Committed_AS": 4_000_000,
    "VmallocTotal": 1_000_000_000, "VmallocUsed": 60000, "VmallocChunk": 0, "Percpu": 50000,
    "HugePages_Total": 0, "HugePages_Free": 0, "HugePages_Rsvd": 0, "HugePages_Surp": 0,
    "Hugepagesize": 2048, "Hugetlb": 0,
  ]

  /// Lines that 4.18 doesn't print.
  static let young: Set<String> = ["KReclaimable", "Percpu", "Hugetlb"]

  /// The text with other amounts, in KiB, and without some lines; lines that it hasn't are added.
  static func text(_ changes: [String: UInt64] = [:], without dropped: Set<String> = []) -> String {
    let names = lines.map(\.key)
    let others = changes.filter { !names.contains($0.key) }.sorted { $0.key < $1.key }
    return (lines.map { ($0.key, $0.value) } + others.map { ($0.key, $0.value) })
      .filter { !dropped.contains($0.0) }
      .map { "\($0): \(changes[$0] ?? $1)\($0.hasPrefix("HugePages_") ? "" : " kB")\n" }.joined()
  }
}
