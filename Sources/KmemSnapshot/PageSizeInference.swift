package import KmemParsers

/// Finds the page size in what the files of one capture say about each other.
struct PageSizeInference {
  let meminfo: Meminfo?
  let zoneinfo: Zoneinfo?
  let pagetypeinfo: Pagetypeinfo?
  let vmallocinfo: Vmallocinfo?
  let slabinfo: Slabinfo?

  init(_ files: ParsedFiles) {
    meminfo = files[Meminfo.self].value
    zoneinfo = files[Zoneinfo.self].value
    pagetypeinfo = files[Pagetypeinfo.self].value
    vmallocinfo = files[Vmallocinfo.self].value
    slabinfo = files[Slabinfo.self].value
  }

  var pageSize: PageSize {
    if let bytes = fromManagedPages { return PageSize(bytes: bytes, origin: .managed) }
    if let bytes = fromPageblocks { return PageSize(bytes: bytes, origin: .pageblock) }
    if let bytes = fromPresentPages { return PageSize(bytes: bytes, origin: .present) }
    if let bytes = fromVmallocAreas { return PageSize(bytes: bytes, origin: .vmalloc) }
    if let bytes = fromSlabs { return PageSize(bytes: bytes, origin: .slab) }
    return PageSize(bytes: 4096, origin: .assumed)
  }

  /// MemTotal is the sum of the zones' managed pages, to the page, on a kernel that isn't a guest
  /// whose memory is still being added.
  private var fromManagedPages: Int? {
    guard let total = meminfo?[.memTotal]?.bytes, let pages = zoneinfo?.managedPages, pages > 0
    else { return nil }
    return PageSize.possible.first { abs(Double(total) / Double(pages) / Double($0) - 1) < 0.01 }
  }

  /// Before 3.9 only the present pages are printed, which the kernel's own image is a part of.
  private var fromPresentPages: Int? {
    guard zoneinfo?.managedPages == nil, let total = meminfo?[.memTotal]?.bytes,
      let pages = zoneinfo?.presentPages, pages > 0
    else { return nil }
    let ratio = Double(total) / Double(pages)
    return PageSize.possible.first { ratio > Double($0) * 0.8 && ratio <= Double($0) }
  }

  private var fromPageblocks: Int? {
    guard let huge = meminfo?[.hugepageSize]?.bytes, let pages = pagetypeinfo?.pagesPerBlock,
      pages > 0, let count = Int64(exactly: pages)
    else { return nil }
    return PageSize.possible.first { Int64($0) == huge / count }
  }

  /// An area of n pages is n + 1 pages long: a guard page follows it.
  private var fromVmallocAreas: Int? {
    for area in vmallocinfo?.areas ?? [] {
      guard let pages = area.pages, pages > 0, pages < 1 << 40, area.flags.contains(.vmalloc) else {
        continue
      }
      let size = PageSize.possible.first { area.size == UInt64($0) * (pages + 1) }
      if let size { return size }
    }
    return nil
  }

  /// The objects of a slab fit into its pages; only the smallest size that always holds is known.
  private var fromSlabs: Int? {
    guard let caches = slabinfo?.caches, caches.count > 20 else { return nil }
    let needed = caches.map { cache -> Double in
      guard cache.pagesPerSlab > 0 else { return 0 }
      return Double(cache.objectsPerSlab) * Double(cache.objectSize) / Double(cache.pagesPerSlab)
    }
    guard let most = needed.max() else { return nil }
    return PageSize.possible.first { Double($0) >= most }
  }
}

extension Zoneinfo {
  /// The pages that the buddy allocator manages in all zones; nothing on kernels before 3.9, which
  /// don't print them.
  package var managedPages: UInt64? { sum { $0.managed } }

  /// The pages of RAM in all zones; nothing where none is printed.
  package var presentPages: UInt64? { sum { $0.present } }

  private func sum(_ pages: (Zone) -> UInt64?) -> UInt64? {
    var sum: UInt64 = 0
    for zone in zones {
      let (next, overflow) = sum.addingReportingOverflow(pages(zone) ?? 0)
      guard !overflow else { return nil }
      sum = next
    }
    return sum > 0 ? sum : nil
  }
}
