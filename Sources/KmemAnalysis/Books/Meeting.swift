import KmemParsers
package import KmemSnapshot

/// Two sums of the kernel's that should meet, with the gap between them.
package struct Meeting: Hashable, Sendable {
  /// What is compared: `Σ slab caches` and `meminfo Slab`.
  package let parts: String
  package let whole: String
  /// Bytes.
  package let partsBytes: Int64
  package let wholeBytes: Int64
  /// What the gap is known to consist of.
  package let explanation: String

  package var gap: Int64 { wholeBytes.minus(partsBytes) }
}

extension Meeting {
  /// The meetings that the snapshot's sources allow.
  package static func all(_ snapshot: Snapshot, usage: SlabUsage?) -> [Meeting] {
    [slab(snapshot, usage), buddy(snapshot), vmalloc(snapshot), zones(snapshot)].compactMap { $0 }
  }

  private static func slab(_ snapshot: Snapshot, _ usage: SlabUsage?) -> Meeting? {
    guard let usage, !usage.caches.isEmpty, let slab = snapshot.meminfo.value?["Slab"]?.bytes else {
      return nil
    }
    return Meeting(
      parts: "Σ slab caches", whole: "meminfo Slab", partsBytes: usage.bytes, wholeBytes: slab,
      explanation: "kmalloc of more than two pages is in no cache; slabs smaller than today's order"
    )
  }

  private static func buddy(_ snapshot: Snapshot) -> Meeting? {
    let size = Int64(snapshot.host.pageSize.bytes)
    guard let rows = snapshot.buddyinfo.value?.rows, let zones = snapshot.zoneinfo.value?.zones,
      let blocks = bytes(rows.map(\.freePages), size), let free = bytes(zones.map(\.free), size)
    else { return nil }
    return Meeting(
      parts: "Σ buddyinfo blocks", whole: "Σ zoneinfo free", partsBytes: blocks, wholeBytes: free,
      explanation: "read at different moments; unaccepted memory is only in zoneinfo")
  }

  private static func vmalloc(_ snapshot: Snapshot) -> Meeting? {
    let size = Int64(snapshot.host.pageSize.bytes)
    guard let areas = snapshot.vmallocinfo.value?.areas, let meminfo = snapshot.meminfo.value,
      let used = meminfo["VmallocUsed"]?.bytes, used > 0, meminfo["VmallocChunk"]?.value ?? 0 == 0,
      let pages = bytes(areas.filter(\.isMemory).map(\.pages), size)
    else { return nil }
    return Meeting(
      parts: "Σ vmalloc callers", whole: "meminfo VmallocUsed", partsBytes: pages, wholeBytes: used,
      explanation: "areas made or freed between the two reads")
  }

  private static func zones(_ snapshot: Snapshot) -> Meeting? {
    let size = Int64(snapshot.host.pageSize.bytes)
    guard let pages = snapshot.zoneinfo.value?.managedPages,
      let total = snapshot.meminfo.value?["MemTotal"]?.bytes, let managed = bytes([pages], size)
    else { return nil }
    return Meeting(
      parts: "Σ zones' managed pages", whole: "meminfo MemTotal", partsBytes: managed,
      wholeBytes: total,
      explanation: "meminfo of a container, or a guest whose memory is still being added")
  }

  private static func bytes(_ pages: [UInt64?], _ size: Int64) -> Int64? {
    var sum: UInt64 = 0
    for count in pages {
      let (next, overflow) = sum.addingReportingOverflow(count ?? 0)
      guard !overflow else { return nil }
      sum = next
    }
    guard let pages = Int64(exactly: sum) else { return nil }
    let (bytes, overflow) = pages.multipliedReportingOverflow(by: size)
    return overflow ? nil : bytes
  }
}
