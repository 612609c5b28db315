/// The huge pages of one size, as `/sys/kernel/mm/hugepages/hugepages-<size>kB` counts them (2.6.27).
package struct HugePagePool: Hashable, Sendable {
  /// Bytes of one page.
  package let pageBytes: Int64
  /// The pages that the pool has, surplus ones included.
  package let total: Int64
  /// The pages that hold nothing.
  package let free: Int64
  /// The free pages that are promised to programs; 0 where the counter went below zero.
  package let reserved: Int64

  /// The bytes of the whole pool.
  package var bytes: Int64 { Self.bytes(total, pageBytes) }

  /// The bytes that hold nothing and are promised to nobody.
  package var idleBytes: Int64 { Self.bytes(max(0, free - reserved), pageBytes) }

  /// The product, or the largest number where it is beyond that.
  private static func bytes(_ pages: Int64, _ size: Int64) -> Int64 {
    let (bytes, overflow) = pages.multipliedReportingOverflow(by: size)
    return overflow ? .max : bytes
  }
}

extension Capture {
  /// The pools of huge pages, the smallest pages first.
  var hugePagePools: [HugePagePool] {
    let prefix = "sys/kernel/mm/hugepages/hugepages-"
    var counts: [Int64: [String: Int64]] = [:]
    for path in sources.keys where path.hasPrefix(prefix) {
      let parts = path.dropFirst(prefix.count).split(separator: "/")
      guard parts.count == 2, parts[0].hasSuffix("kB"), let size = Int64(parts[0].dropLast(2)),
        let count = line(of: path).flatMap({ Int64($0) })
      else { continue }
      counts[size, default: [:]][String(parts[1])] = count
    }
    return counts.sorted { $0.key < $1.key }.compactMap { size, counts in
      guard size > 0, size < 1 << 40, let total = counts["nr_hugepages"],
        let free = counts["free_hugepages"],
        total >= 0, free >= 0
      else { return nil }
      return HugePagePool(
        pageBytes: size * 1024, total: total, free: min(free, total),
        reserved: max(0, counts["resv_hugepages"] ?? 0))
    }
  }
}
