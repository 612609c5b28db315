import KmemParsers

/// Requests that only some nodes could meet.
extension ShortageJudge {
  /// Only some nodes were allowed, and others have memory left: a twentieth of all or more.
  ///
  /// Zones of other nodes aren't printed where the kernel knows the nodes (`SHOW_MEM_FILTER_NODES`): what is
  /// free on them is what the counter of all has beside them.
  var nodes: ShortageVerdict.Unusable? {
    guard let bound = report.boundNodes else { return nil }
    let allowed = NodeSet(bound)
    if fit.zones.isEmpty, fit.freeElsewhere > 0 {
      return ShortageVerdict.Unusable(
        obstacle: .movable(nodes: bound), bytes: fit.freeElsewhere, left: nil)
    }
    func free(_ isAmong: (Int) -> Bool) -> Int64 {
      report.memory.zones.filter { isAmong($0.node) }
        .reduce(Int64(0)) { $0.plus(Int64(clamping: $1.amounts["free"] ?? 0)) }.timesClamped(1024)
    }
    let here = free(allowed.contains)
    var elsewhere = free { !allowed.contains($0) }
    if allowed.isCovered(by: Set(report.memory.zones.map(\.node))),
      !report.memory.lacksZoneByReserves,
      let all = Int64(pages: report.counter("free"), of: pageSize)
    {
      elsewhere = max(elsewhere, all.minus(here))
    }
    guard Double(elsewhere) >= Double(total ?? 0) * 0.05, elsewhere > here else { return nil }
    return ShortageVerdict.Unusable(obstacle: .nodes(bound), bytes: elsewhere, left: here)
  }
}
