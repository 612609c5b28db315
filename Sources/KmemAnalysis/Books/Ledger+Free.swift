import KmemParsers
import KmemSnapshot

extension Ledger {
  /// MemFree, which memory for the CMA and not yet accepted memory are parts of, and the pages on
  /// per-CPU lists, which no line of meminfo counts.
  mutating func enterFree() {
    enter(.free, bytes(.memFree), from: .meminfo([.memFree]))
    switch snapshot.zoneinfo {
    case .value(let zoneinfo):
      enter(.perCpuFreeLists, bytesOnLists(zoneinfo), from: .pagesets)
    case .missing(let missing):
      enter(.perCpuFreeLists, missing: .source(missing), from: .pagesets)
    }
  }

  /// The bytes on per-CPU lists when meminfo was read.
  ///
  /// While the two files are read, the kernel may give pages of these lists back to their zone, tens
  /// of MiB at once (`decay_pcp_high`, `drain_pages_zone` in `mm/page_alloc.c`). Such pages would be
  /// in no class, or in two. What zoneinfo counts in both places stays the same when they move, so
  /// MemFree tells how much of it was on the lists before. Where it differs from the free pages of
  /// the zones by more than the lists hold, the files are of different moments, which tells nothing.
  private func bytesOnLists(_ zoneinfo: Zoneinfo) -> Int64? {
    let lists = zoneinfo.zones.lazy.flatMap(\.pagesets).reduce(UInt64(0)) { $0.plus($1.count ?? 0) }
    let free = zoneinfo.zones.reduce(UInt64(0)) { $0.plus($1.free ?? 0) }
    guard let listed = inBytes(pages: lists), let inZones = inBytes(pages: free),
      let moved = difference(inZones, bytes(.memFree)), moved.magnitude <= listed.magnitude
    else { return inBytes(pages: lists) }
    return listed.plus(moved)
  }
}
