import KmemParsers
import KmemSnapshot

/// The rules that tell what is wrong with one moment.
///
/// Each states its threshold.
struct FindingRules {
  let model: MemoryModel
  let zones: [ZoneHealth]
  /// The percentage of the last 10 s in which some task waited for memory; nothing where unknown.
  let pressure: Double?
  /// The likeliest owners of slab caches, by the cache's name.
  var owners: [String: [Candidate]] = [:]

  var snapshot: Snapshot { model.snapshot }
  var books: Books? { model.books }
  var slab: SlabUsage? { model.slab }

  /// What is wrong, the worst first; of what is as bad, in the order of the table of rules.
  var findings: [Finding] {
    let all =
      incoherence + zones.flatMap(watermark)
      + [leftCgroups, percpu, strayPages, balloonNote].compactMap { $0 }
      + [availability, unaccounted].compactMap { $0 } + slabFindings + amountFindings
      + hugePages + cma + [compressedSwap].compactMap { $0 } + notInAvailable
      + [stalled, dyingCgroups, swap, kills, pageSize].compactMap { $0 }
    return all.map(\.ranked).enumerated()
      .sorted {
        ($1.element.severity, $0.element.rank, $0.offset)
          < ($0.element.severity, $1.element.rank, $1.offset)
      }
      .map(\.element)
  }

  /// The amount with the part of MemTotal that it is; nothing without books.
  func share(_ bytes: Int64?) -> Finding.Share? {
    guard let bytes, let books else { return nil }
    return Finding.Share(bytes: bytes, part: Double(bytes) / Double(books.total))
  }

  /// lxcfs gives a container a meminfo of its own, while zoneinfo and slabinfo remain the host's.
  private var incoherence: [Finding] {
    if let container = snapshot.containerMeminfo {
      return [Finding(.warning, .container(container.evidence))]
    }
    guard let total = books?.total, let zoneinfo = snapshot.zoneinfo.value,
      let managed = zoneinfo.managedBytes(snapshot.host.pageSize),
      Double(total) > Double(managed) * 1.1
    else { return [] }
    return [Finding(.note, .unmanaged(managed: managed, total: total))]
  }

  private func watermark(_ zone: ZoneHealth) -> [Finding] {
    guard let free = zone.freeOutsideCMA else { return [] }
    func finding(_ severity: Finding.Severity, _ watermark: Finding.Watermark, _ mark: Int64?)
      -> [Finding]
    {
      let kind = Finding.Kind.zone(
        name: zone.name, below: watermark, free: free, freeCMA: zone.freeCMA ?? 0, mark: mark ?? 0)
      return [Finding(severity, kind)]
    }
    switch zone.level {
    case .belowMin: return finding(.critical, .min, zone.min)
    // kswapd keeps free memory near the mark all day where page cache fills the rest.
    case .belowLow: return finding(hasAvailable ? .note : .warning, .low, zone.low)
    case .ample, .belowHigh, .unknown: return []
    }
  }

  private var availability: Finding? {
    guard let share = share(model.availability?.bytes), let part = availablePart, part < 0.05 else {
      return nil
    }
    // What a tool rounds to whole GiB may be one more.
    if let error = self.share(snapshot.meminfo.value?[.memAvailable]?.error), error.part > 0 {
      guard part + error.part < 0.05 else { return nil }
      return Finding(part + error.part < 0.02 ? .critical : .warning, .available(share))
    }
    return Finding(part < 0.02 ? .critical : .warning, .available(share))
  }

  /// What programs can have, as a part of memory; what MemAvailable leaves out is given back too.
  private var availablePart: Double? {
    share(model.availability?.bytes).map { available in
      available.part + uncounted.reduce(0) { $0 + $1.share.part }
    }
  }

  /// Whether reclaim has enough to take: a tenth of memory.
  private var hasAvailable: Bool { availablePart.map { $0 >= 0.1 } ?? false }
}
