import KmemParsers
import KmemSnapshot

/// The rules that tell what is wrong with one moment.
///
/// Each states its threshold.
struct FindingRules {
  let snapshot: Snapshot
  let books: Books?
  let zones: [ZoneHealth]
  let slab: SlabUsage?
  let pressure: Double?

  var findings: [Finding] {
    let all =
      incoherence + zones.flatMap(watermark)
      + [availability, unaccounted, slabShare].compactMap { $0 }
      + [pageTables, idleHugePages, stalled, dyingCgroups, swap, kills, pageSize].compactMap { $0 }
    return all.enumerated()
      .sorted { ($1.element.severity, $0.offset) < ($0.element.severity, $1.offset) }
      .map(\.element)
  }

  /// The part of MemTotal that an amount is; nothing without books.
  func share(_ bytes: Int64?) -> Double? {
    guard let bytes, let books else { return nil }
    return Double(bytes) / Double(books.total)
  }

  /// lxcfs gives a container a meminfo of its own, while zoneinfo and slabinfo remain the host's.
  private var incoherence: [Finding] {
    if let container = snapshot.containerMeminfo { return [finding(container)] }
    guard let total = books?.total, let zoneinfo = snapshot.zoneinfo.value,
      let managed = zoneinfo.managedBytes(snapshot.host.pageSize),
      Double(total) > Double(managed) * 1.1
    else { return [] }
    return [
      Finding(
        severity: .note,
        sentence: "the zones manage \(Amount.short(managed)) of MemTotal's \(Amount.short(total))",
        remedy: "a guest whose memory is still being added, or files of two machines")
    ]
  }

  private func finding(_ container: ContainerMeminfo) -> Finding {
    let evidence =
      switch container.evidence {
      case .total(let bytes, let zones):
        "meminfo describes \(Amount.short(bytes)), the zones of this kernel \(Amount.short(zones))"
      case .noSlab(let reclaimable):
        "meminfo counts no slab memory beside \(Amount.short(reclaimable)) of KReclaimable"
      }
    return Finding(
      severity: .warning,
      sentence: "\(evidence): meminfo is a container's, the rest its host's",
      remedy: "read sizes of classes as the container's, caches and zones as the host's; "
        + "take the snapshot on the host to balance the books")
  }

  private func watermark(_ zone: ZoneHealth) -> [Finding] {
    guard zone.level == .belowLow || zone.level == .belowMin, let free = zone.free else {
      return []
    }
    let isMin = zone.level == .belowMin
    let mark = (isMin ? zone.min : zone.low) ?? 0
    // Rounded, both may read the same.
    let isClose = Amount.short(free) == Amount.short(mark)
    let margin = isClose ? " by \(Amount.short(mark.minus(free)))" : ""
    return [
      Finding(
        severity: isMin ? .critical : .warning,
        sentence: "zone \(zone.name) has \(Amount.short(free)) free, below its "
          + "\(isMin ? "min" : "low") watermark of \(Amount.short(mark))\(margin)",
        remedy: isMin
          ? "every allocation there reclaims by itself: expect stalls and the OOM killer"
          : "kswapd reclaims; if it stays so, something holds memory that reclaim can't take")
    ]
  }

  private var availability: Finding? {
    guard let bytes = Availability(snapshot)?.bytes, let share = share(bytes), share < 0.05 else {
      return nil
    }
    return Finding(
      severity: share < 0.02 ? .critical : .warning,
      sentence: "only \(Amount.short(bytes)) of memory is available (\(Amount.percent(share)))",
      remedy: "see below who holds the rest")
  }
}
