/// Texts of `/proc/meminfo` made from amounts in KiB.
package enum MeminfoText {
  /// A small machine of 1,000,000 KiB, of which 159,000 are in no class; the amounts given are put in
  /// the place of its own.
  ///
  /// Lines that it hasn't are added.
  package static func balanced(_ changes: [String: Int] = [:]) -> String {
    let names = plain.map(\.key)
    let others = changes.keys.filter { !names.contains($0) }.sorted().map { ($0, 0) }
    return (plain.map { ($0.key, $0.value) } + others).map { name, value in
      "\(name): \(changes[name] ?? value)\(name.hasPrefix("HugePages") ? "" : " kB")\n"
    }.joined()
  }

  /// The lines of that machine.
  package static let plain: KeyValuePairs = [
    "MemTotal": 1_000_000, "MemFree": 400_000, "Buffers": 10000, "Cached": 200_000,
    "SwapCached": 0, "Active": 150_000, "Inactive": 160_000, "Unevictable": 0,
    "AnonPages": 100_000, "Shmem": 20000, "KReclaimable": 60000, "Slab": 100_000,
    "SReclaimable": 60000, "SUnreclaim": 40000, "KernelStack": 4000, "PageTables": 6000,
    "VmallocUsed": 24000, "VmallocChunk": 0, "Percpu": 1000, "HugePages_Total": 0,
    "Hugepagesize": 2048, "Hugetlb": 0,
  ]
}
