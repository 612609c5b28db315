import KmemParsers
import KmemSnapshot

extension FindingRules {
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
      let free = meminfo[.swapFree]?.bytes,
      Double(free.plus(meminfo[.swapFree]?.error ?? 0)) < Double(total) * 0.1
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
    // What tools print of caches are bytes.
    let hasPages =
      snapshot.slabinfo.value?.caches.contains { $0.printed == nil } ?? false || !zones.isEmpty
      || snapshot.standIns.contains { $0.form == Vmstat.file }
    guard snapshot.host.pageSize.origin == .assumed, hasPages else { return nil }
    return Finding(.note, .assumedPageSize)
  }
}
