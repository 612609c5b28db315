import KmemParsers
package import KmemSnapshot

/// How much memory new programs can have without swapping.
package struct Availability: Hashable, Sendable {
  /// MemAvailable of `/proc/meminfo` (since 3.14), or what was computed in its place.
  package let bytes: Int64
  /// Whether it was computed here because the kernel (before 3.14) doesn't print MemAvailable.
  package let isComputed: Bool

  /// Takes or computes the number; nil where the snapshot lacks both the line and what it's
  /// computed from.
  package init?(_ snapshot: Snapshot) {
    guard let meminfo = snapshot.meminfo.value else { return nil }
    if let printed = meminfo[.memAvailable]?.bytes {
      bytes = printed
      isComputed = false
      return
    }
    guard let zones = snapshot.zoneinfo.value?.zones,
      let computed = Self.compute(meminfo, zones, pageSize: Int64(snapshot.host.pageSize.bytes))
    else { return nil }
    bytes = computed
    isComputed = true
  }

  /// The formula of `si_mem_available()` in `mm/show_mem.c`: free memory without the reserves, plus
  /// the file cache and the reclaimable slab, each without the part that reclaim leaves untouched.
  private static func compute(
    _ meminfo: Meminfo, _ zones: [Zoneinfo.Zone], pageSize: Int64
  ) -> Int64? {
    guard let free = meminfo[.memFree]?.bytes,
      let active = meminfo[.activeFile]?.bytes ?? meminfo[.cached]?.bytes
    else { return nil }
    let files = active.plus(meminfo[.inactiveFile]?.bytes ?? 0)
    let reclaimable = meminfo[.sReclaimable]?.bytes ?? 0
    let low = zones.sum { pages($0.low) * pageSize }
    let reserve = zones.sum { self.reserve(of: $0) * pageSize }
    let kept = min(files / 2, low).plus(min(reclaimable / 2, low))
    return max(0, free.minus(reserve).plus(files).plus(reclaimable).minus(kept))
  }

  /// The pages of a zone that user space never gets: the zone's high watermark and largest
  /// protection.
  private static func reserve(of zone: Zoneinfo.Zone) -> Int64 {
    let wanted = pages(zone.high) + pages(zone.protection.max())
    return min(wanted, pages(zone.managed ?? zone.present))
  }

  /// Pages as a number that can be added up; a count that no machine can have becomes 0.
  private static func pages(_ count: UInt64?) -> Int64 {
    guard let count, count < 1 << 40 else { return 0 }
    return Int64(count)
  }
}
