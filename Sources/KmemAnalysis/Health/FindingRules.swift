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
      + [pageTables, idleHugePages, stalled, dyingCgroups, swap, kills].compactMap { $0 }
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
    guard let total = books?.total, let zoneinfo = snapshot.zoneinfo.value,
      let pages = zoneinfo.managedPages
    else { return [] }
    let ratio = Double(total) / (Double(pages) * Double(snapshot.host.pageSize.bytes))
    if ratio < 0.9 {
      return [
        Finding(
          severity: .warning,
          sentence: "meminfo describes \(Amount.short(total)), the zones of this kernel "
            + "\(Amount.short(Int64(Double(total) / ratio))): meminfo is a container's, the rest "
            + "its host's",
          remedy: "read sizes of classes as the container's, caches and zones as the host's; "
            + "take the snapshot on the host to balance the books")
      ]
    }
    guard ratio > 1.1 else { return [] }
    return [
      Finding(
        severity: .note,
        sentence: "the zones manage \(Amount.short(Int64(Double(total) / ratio))) of MemTotal's "
          + "\(Amount.short(total)) so far",
        remedy: "a guest whose memory is still being added; nothing is wrong")
    ]
  }

  private func watermark(_ zone: ZoneHealth) -> [Finding] {
    guard zone.level == .belowLow || zone.level == .belowMin, let free = zone.free else {
      return []
    }
    let isMin = zone.level == .belowMin
    let mark = (isMin ? zone.min : zone.low) ?? 0
    return [
      Finding(
        severity: isMin ? .critical : .warning,
        sentence: "zone \(zone.name) has \(Amount.short(free)) free, below its "
          + "\(isMin ? "min" : "low") watermark of \(Amount.short(mark))",
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
