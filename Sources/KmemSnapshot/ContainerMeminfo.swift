package import KmemParsers

/// A meminfo that lxcfs made up for a container, while all other files are the host's.
///
/// lxcfs replaces the lines that a memory cgroup knows (MemTotal, MemFree, the LRU lists, Slab) and
/// passes the others on from the host.
package struct ContainerMeminfo: Hashable, Sendable {
  /// Why the meminfo can't be the host's.
  package let evidence: Evidence

  /// What a container's meminfo differs by from a kernel's own.
  package enum Evidence: Hashable, Sendable {
    /// MemTotal is below what the host's zones manage, which both would count alike.
    case total(bytes: Int64, zones: Int64)
    /// Slab is 0 beside a KReclaimable (since 4.20) that isn't, of which slab is a part.
    case noSlab(reclaimable: Int64)
  }

  /// Whether it counts the container's slab memory; older lxcfs prints 0.
  package let countsSlab: Bool

  /// Nothing if the meminfo is a kernel's own, as far as the files tell.
  package init?(meminfo: Meminfo, zoneinfo: Zoneinfo?, pageSize: PageSize) {
    countsSlab = meminfo[.slab]?.value ?? 0 > 0
    if let total = meminfo[.memTotal]?.bytes, let zones = zoneinfo?.managedBytes(pageSize),
      Double(total) < Double(zones) * 0.9
    {
      evidence = .total(bytes: total, zones: zones)
    } else if meminfo[.slab]?.value == 0, let bytes = meminfo[.kReclaimable]?.bytes, bytes > 0 {
      evidence = .noSlab(reclaimable: bytes)
    } else {
      return nil
    }
  }
}

extension Snapshot {
  /// Why the meminfo is a container's; nil where it's a kernel's own or isn't there.
  package var containerMeminfo: ContainerMeminfo? {
    meminfo.value.flatMap {
      ContainerMeminfo(meminfo: $0, zoneinfo: zoneinfo.value, pageSize: host.pageSize)
    }
  }
}

extension Zoneinfo {
  /// The memory that the buddy allocator manages in all zones, in bytes.
  package func managedBytes(_ pageSize: PageSize) -> Int64? {
    guard let pages = managedPages.flatMap(Int64.init(exactly:)) else { return nil }
    let (bytes, overflow) = pages.multipliedReportingOverflow(by: Int64(pageSize.bytes))
    return overflow ? nil : bytes
  }
}
