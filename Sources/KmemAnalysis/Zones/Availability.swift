import KmemParsers
package import KmemSnapshot

/// How much memory new programs can have without swapping.
package struct Availability: Hashable, Sendable {
  /// MemAvailable of `/proc/meminfo` (since 3.14), or what was computed in its place.
  package let bytes: Int64
  /// Whether it was computed here because the kernel (before 3.14) doesn't print MemAvailable.
  package let isComputed: Bool
  /// Whether it is the most that it can be, since nothing tells what the kernel keeps in reserve.
  package let isUpperBound: Bool

  /// Takes or computes the number; nil where the snapshot lacks both the line and what it's
  /// computed from.
  package init?(_ snapshot: Snapshot) {
    guard let meminfo = snapshot.meminfo.value else { return nil }
    if let printed = meminfo[.memAvailable]?.bytes {
      bytes = printed
      isComputed = false
      isUpperBound = false
      return
    }
    let zones = snapshot.zoneinfo.value?.zones
    guard let computed = Self.compute(meminfo, zones, Int64(snapshot.host.pageSize.bytes)) else {
      return nil
    }
    bytes = computed
    isComputed = true
    isUpperBound = zones == nil
  }

  /// The formula of `si_mem_available()` in `mm/show_mem.c`: free memory without the reserves, plus
  /// the file cache and the reclaimable slab, each without the part that reclaim leaves untouched.
  ///
  /// Without zones neither the reserves nor the parts are known: then it is that at most.
  private static func compute(
    _ meminfo: Meminfo, _ zones: [Zoneinfo.Zone]?, _ pageSize: Int64
  ) -> Int64? {
    guard let free = meminfo[.memFree]?.bytes, let files = files(meminfo) else { return nil }
    let printed = meminfo[.kReclaimable]?.bytes ?? meminfo[.sReclaimable]?.bytes
    guard let zones else {
      // Slab that isn't taken apart may all be reclaimable.
      guard let reclaimable = printed ?? meminfo[.slab]?.bytes else { return nil }
      return max(0, free.plus(files).plus(reclaimable))
    }
    let reclaimable = printed ?? 0
    let low = zones.sum { pages($0.low) * pageSize }
    let reserve = zones.sum { self.reserve(of: $0) * pageSize }
    let kept = min(files / 2, low).plus(min(reclaimable / 2, low))
    return max(0, free.minus(reserve).plus(files).plus(reclaimable).minus(kept))
  }

  /// The LRU lists of files; before 2.6.28 the page cache without shared memory, where that is known.
  private static func files(_ meminfo: Meminfo) -> Int64? {
    if let active = meminfo[.activeFile]?.bytes, let inactive = meminfo[.inactiveFile]?.bytes {
      return active.plus(inactive)
    }
    guard let cached = meminfo[.cached]?.bytes else { return nil }
    return max(0, cached.plus(meminfo[.buffers]?.bytes ?? 0).minus(meminfo[.shmem]?.bytes ?? 0))
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
