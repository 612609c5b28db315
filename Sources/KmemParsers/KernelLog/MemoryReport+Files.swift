/// What a report tells, in the form of the kernel files that tell the same.
///
/// So books, zones and free blocks of that moment are judged by the rules that all moments are judged
/// by. What the report doesn't tell is missing there too.
extension MemoryReport {
  /// Bytes of a page; that of most kernels of the architecture where nothing tells it.
  ///
  /// Distributions build those of 64-bit PowerPC with 64 KiB.
  package var pageSize: Int {
    memory.pageSize ?? (release?.contains("ppc64") == true ? 65_536 : 4096)
  }

  /// Whether the kernel was still booting: no zone has watermarks before `init_per_zone_wmark_min()`.
  package var isEarly: Bool {
    !memory.zones.isEmpty
      && memory.zones.allSatisfy { zone in
        ["min", "low", "high"].allSatisfy { zone.amounts[$0] == 0 }
      }
  }

  /// All memory that the kernel manages, in pages: what the zones manage (3.9), else all RAM less what
  /// is reserved.
  package var totalPages: UInt64? {
    if !lacksZones, let managed = memory.sum("managed"), managed > 0 {
      return managed / pageKilobytes
    }
    if let pages = printedPages { return pages }
    guard !lacksZones else { return nil }
    return memory.sum("present").flatMap { $0 > 0 ? $0 / pageKilobytes : nil }
  }

  /// All RAM less what is reserved, in pages, as the lines below the zones have it.
  private var printedPages: UInt64? {
    let reserved = memory.sums["pages reserved"] ?? memory.sums["reserved pages"]
    guard let all = printedRAM, let reserved, all > reserved else { return nil }
    return all - reserved
  }

  /// All RAM in pages, with what is reserved: no less than the kernel manages.
  package var printedRAM: UInt64? { memory.sums["pages RAM"] ?? memory.sums["pages of RAM"] }

  /// Whether lines of zones are missing, by what is told elsewhere of all of them.
  ///
  /// Those missing may be short of memory while the others are not, and hold what isn't counted.
  package var lacksZones: Bool {
    let sizes = memory.zones.compactMap { $0.amounts["managed"] ?? $0.amounts["present"] }
    guard !sizes.isEmpty else { return false }
    if memory.lacksZoneByReserves { return true }
    let zones = sizes.reduce(UInt64(0)) { sum, size in
      let (next, overflow) = sum.addingReportingOverflow(size)
      return overflow ? .max : next
    }
    let counted = Self.lists.compactMap { memory.counters[$0] }.max() ?? 0
    return zones / pageKilobytes < counted / 10 || zones / pageKilobytes / 20 * 21 < onLists
  }

  /// Pages that are free or on a list of programs and files, each counted once.
  private var onLists: UInt64 {
    ["active_anon", "inactive_anon", "active_file", "inactive_file", "unevictable", "free"]
      .reduce(UInt64(0)) { sum, name in
        let (next, overflow) = sum.addingReportingOverflow(memory.counters[name] ?? 0)
        return overflow ? .max : next
      }
  }

  /// Counters of pages that lie in zones.
  private static let lists = [
    "active_anon", "inactive_anon", "active_file", "inactive_file", "unevictable",
    "slab_reclaimable", "slab_unreclaimable", "free",
  ]

  private var pageKilobytes: UInt64 { UInt64(max(1, pageSize / 1024)) }

  /// The lines of `/proc/meminfo`; nothing where the report has no counters.
  ///
  /// Not printed and worked out here: `AnonPages` is what the anonymous lists hold beside shared
  /// memory, and before 2.6.32 `Shmem` is the page cache beside the lists of files.
  package var meminfo: Meminfo? {
    guard memory.isPrinted, !memory.counters.isEmpty || !memory.zones.isEmpty else { return nil }
    var lines = MeminfoLines(kilobytes: pageKilobytes)
    lines.pages(.memFree, counter("free"))
    lines.pages(.filePages, filePages)
    lines.pages(.swapCached, memory.sums["pages in swap cache"] ?? memory.sums["pages swap cached"])
    lines.pages(.active, counter("active"))
    lines.pages(.inactive, counter("inactive"))
    lines.pages(.activeAnon, counter("active_anon"))
    lines.pages(.inactiveAnon, counter("inactive_anon"))
    lines.pages(.activeFile, counter("active_file"))
    lines.pages(.inactiveFile, counter("inactive_file"))
    lines.pages(.unevictable, counter("unevictable"))
    lines.kilobytes(.mlocked, memory.sum("mlocked"))
    lines.kilobytes(.swapTotal, memory.swapTotal)
    lines.kilobytes(.swapFree, memory.swapFree)
    lines.pages(.anonPages, anonymous)
    lines.pages(.shmem, shmem)
    lines.pages(.slab, counter("slab"))
    lines.pages(.sReclaimable, counter("slab_reclaimable"))
    lines.pages(.sUnreclaim, counter("slab_unreclaimable"))
    lines.kilobytes(.kernelStack, memory.ofNodes["kernel_stack"] ?? memory.sum("kernel_stack"))
    lines.pages(.pageTables, counter("pagetables"))
    lines.pages(.secPageTables, counter("sec_pagetables"))
    lines.kilobytes(.balloon, memory.ofNodes["Balloon"])
    lines.pages(.bounce, counter("bounce"))
    lines.pages(.cmaTotal, memory.sums["pages cma reserved"])
    lines.pages(.cmaFree, counter("free_cma"))
    lines.pages(.hardwareCorrupted, memory.sums["pages hwpoisoned"])
    addHugePages(&lines)
    // The lists of kernels before 2.6.28 tell programs and files in one: then nothing adds up.
    // What is missing of the others must not look like memory that nobody counts.
    if hasSlab, filePages != nil, Self.counted.allSatisfy({ counter($0) != nil }) {
      lines.pages(.memTotal, totalPages)
    }
    return Meminfo(entries: lines.entries, remarks: [])
  }

  /// A counter in pages; where its line is missing, the sum of what the nodes have, or the zones.
  package func counter(_ name: String) -> UInt64? {
    memory.counters[name]
      ?? (memory.ofAllNodes(name) ?? (lacksZones ? nil : memory.sum(name)))
      .map { $0 / pageKilobytes }
  }

  /// Pages of the page cache, with shared memory.
  ///
  /// Where the line is missing, and shared memory has a counter (2.6.32), the lists of files and that.
  private var filePages: UInt64? {
    if let printed = memory.sums["total pagecache pages"] { return printed }
    guard let shmem = counter("shmem"), let active = counter("active_file"),
      let inactive = counter("inactive_file")
    else { return nil }
    return [active, inactive, shmem].reduce(UInt64(0)) {
      $0.addingReportingOverflow($1).partialValue
    }
  }

  /// The counters without which memory would be missing in the books.
  private static let counted = [
    "active_anon", "inactive_anon", "active_file", "inactive_file", "free",
  ]

  /// Whether the report tells slab, as one amount or as two.
  private var hasSlab: Bool { counter("slab") != nil || counter("slab_unreclaimable") != nil }

  private func addHugePages(_ lines: inout MeminfoLines) {
    let pools = memory.hugePages.filter { $0.total > 0 && $0.total < 1 << 40 && $0.size < 1 << 32 }
    guard let size = pools.max(by: { $0.total * $0.size < $1.total * $1.size })?.size else {
      return
    }
    let ofSize = pools.filter { $0.size == size }
    lines.count(.hugePagesTotal, ofSize.reduce(0) { $0 + $1.total })
    lines.count(.hugePagesFree, ofSize.reduce(0) { $0 + min($1.free, $1.total) })
    lines.kilobytes(.hugepageSize, size)
    lines.kilobytes(
      .hugetlb, pools.reduce(0) { $0.addingReportingOverflow($1.total * $1.size).partialValue })
  }

  /// Pages of programs on the LRU lists.
  private var anonymous: UInt64? {
    guard let active = counter("active_anon"),
      let inactive = counter("inactive_anon")
    else { return nil }
    let lists = active.addingReportingOverflow(inactive).partialValue
      .addingReportingOverflow(memory.counters["isolated_anon"] ?? 0).partialValue
    return lists > shmem ?? 0 ? lists - (shmem ?? 0) : 0
  }

  private var shmem: UInt64? {
    if let printed = counter("shmem") { return printed }
    guard let cache = memory.sums["total pagecache pages"],
      let active = counter("active_file"), let inactive = counter("inactive_file")
    else { return nil }
    let swapped = memory.sums["pages in swap cache"] ?? 0
    let others = [active, inactive, swapped, counter("unevictable") ?? 0]
      .reduce(UInt64(0)) { $0.addingReportingOverflow($1).partialValue }
    return cache > others ? cache - others : 0
  }

  /// The zones of `/proc/zoneinfo`; nothing where the report has none.
  package var zoneinfo: Zoneinfo? {
    guard !memory.zones.isEmpty else { return nil }
    var zoneinfo = Zoneinfo()
    zoneinfo.zones = memory.zones.filter { !$0.amounts.isEmpty }.map { printed in
      var zone = Zoneinfo.Zone(node: printed.node, name: printed.name)
      func pages(_ name: String) -> UInt64? { printed.amounts[name].map { $0 / pageKilobytes } }
      (zone.free, zone.min, zone.low) = (pages("free"), pages("min"), pages("low"))
      (zone.high, zone.boost) = (pages("high"), pages("boost"))
      (zone.present, zone.managed) = (pages("present"), pages("managed"))
      zone.protection = printed.reserve
      zone.counters = pages("free_cma").map { [.init(name: "nr_free_cma", value: $0)] } ?? []
      if let listed = pages("free_pcp") {
        var lists = Zoneinfo.Pageset(processor: 0)
        lists.count = listed
        zone.pagesets = [lists]
      }
      return zone
    }
    return zoneinfo.zones.isEmpty ? nil : zoneinfo
  }

  /// The free blocks of `/proc/buddyinfo`; nothing where the report has none.
  package var buddyinfo: Buddyinfo? {
    let rows = memory.zones.filter { $0.hasAllBlocks(pageSize: pageSize) }.map {
      Buddyinfo.Row(node: $0.node, zone: $0.name, freeBlocks: $0.freeBlocks)
    }
    return rows.isEmpty ? nil : Buddyinfo(rows: rows)
  }
}

extension Zoneinfo {
  /// Zones that are entered one by one.
  fileprivate init() {}
}
