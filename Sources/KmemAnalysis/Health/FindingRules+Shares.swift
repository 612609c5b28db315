import KmemParsers
import KmemSnapshot

extension FindingRules {
  /// A tenth of memory that no class explains is more than the kernel's own image and maps.
  var unaccounted: Finding? {
    guard let share = share(books?[.unaccounted]?.bytes), snapshot.containerMeminfo == nil else {
      return nil
    }
    if share.part < -0.01 { return Finding(.note, .countedTwice(-share.bytes)) }
    guard share.part >= 0.1 else { return nil }
    // What isn't counted can't be missed: no one is accused.
    let unknown = largeClasses.filter { books?[$0]?.bytes == nil }
    return unknown.isEmpty
      ? Finding(.warning, .unaccounted(share))
      : Finding(.note, .incomplete(share, unknown: unknown))
  }

  /// The classes that hold most of memory on any machine.
  private var largeClasses: [MemoryClass] { [.anonymous, .pageCache, .slabUnreclaimable] }

  /// Huge pages that nobody uses are taken from everybody else.
  var idleHugePages: Finding? {
    guard let meminfo = snapshot.meminfo.value, let size = meminfo[.hugepageSize]?.bytes,
      let free = meminfo[.hugePagesFree]?.value, let idle = Int64(exactly: free), idle < 1 << 40
    else { return nil }
    let (bytes, overflow) = idle.multipliedReportingOverflow(by: size)
    guard !overflow, let share = share(bytes), share.part >= 0.1 else { return nil }
    return Finding(.warning, .idleHugePages(share))
  }

  var stalled: Finding? {
    guard let pressure, pressure >= 10 else { return nil }
    return Finding(pressure >= 40 ? .critical : .warning, .stalled(pressure))
  }

  var dyingCgroups: Finding? {
    guard let dying = snapshot.counts.dyingCgroups, dying >= 1000 else { return nil }
    return Finding(.warning, .dyingCgroups(dying))
  }

  var swap: Finding? {
    guard let meminfo = snapshot.meminfo.value, let total = meminfo[.swapTotal]?.bytes, total > 0,
      let free = meminfo[.swapFree]?.bytes, Double(free) < Double(total) * 0.1
    else { return nil }
    return Finding(.warning, .swapFull(free: free, total: total))
  }

  /// The OOM killer's work is the surest sign that memory ran out, whatever is free now.
  var kills: Finding? {
    guard let report = snapshot.outOfMemory, let last = report.kills.last else { return nil }
    return Finding(
      .warning, .kills(count: report.kills.count, last: last, path: report.path))
  }

  /// A wrong page size makes every cache and zone wrong by the same factor.
  var pageSize: Finding? {
    guard snapshot.host.pageSize.origin == .assumed, slab != nil || !zones.isEmpty else {
      return nil
    }
    return Finding(.note, .assumedPageSize)
  }
}
