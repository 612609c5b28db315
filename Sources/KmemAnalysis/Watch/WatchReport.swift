/// The result of watching a machine: whether memory is lost, whose it is, and what grows.
package struct WatchReport: Sendable {
  /// Which machine was watched, and when.
  package var facts: WatchFacts
  /// Seconds from the first sample to the last.
  package let seconds: Double
  /// How many samples there were.
  package let samples: Int
  /// All memory that programs can't have any more; nil where meminfo couldn't be read.
  package let inUse: WatchRow?
  /// The memory in use by whose it is.
  package let sides: [WatchRow]
  /// Series that grow and may be leaks, the fastest first; without the sums by side.
  package internal(set) var growing: [WatchRow]
  /// Lines of source that grow: they name an owner, but accuse nobody by themselves.
  package let lines: [WatchRow]
  /// Series of cache that grow.
  package let caches: [WatchRow]
  /// Series that may be growing and aren't sure to, the fastest first.
  package let open: [WatchRow]
  /// Whether the user asked about some processes only, so that sums over others don't decide.
  let isOfProcesses: Bool
  /// Processes that the user asked about and that ended.
  package let ended: [EndedProcess]
  /// Seconds since boot at the last sample.
  let now: Double
  /// How many processes the user asked about.
  let asked: Int
  /// Those of them that were seen, by pid.
  package let watched: [ProcessName]
  /// All series that were judged or never changed.
  package let series: Int
  let available: Int64?

  /// Judges the samples; `available` is how many bytes memory can still grow into.
  ///
  /// With `pids`, only these processes are accused.
  package init(
    _ tables: [SampleTable], facts: WatchFacts, available: Int64?, only pids: Set<Int> = []
  ) {
    self.facts = facts
    self.available = available
    isOfProcesses = !pids.isEmpty
    self.asked = pids.count
    watched = Set(tables.flatMap { $0.series.compactMap(\.process) })
      .filter { pids.contains($0.pid) }.sorted { ($0.pid, $0.startTime) < ($1.pid, $1.startTime) }
    seconds = tables.map(\.seconds).max() ?? 0
    // Processes may be read less often: if the user asked about some, their own samples count.
    let own = pids.isEmpty ? tables : tables.filter { $0.series.contains { $0.process != nil } }
    samples = own.map(\.sampleCount).max() ?? 0
    series = tables.sum { $0.series.count }
    let known = Set(facts.ended.map(\.process))
    ended =
      facts.ended
      + tables.flatMap { EndedProcess.all(in: $0, of: pids) }.filter { !known.contains($0.process) }
    now = Double(tables.compactMap(\.times.last).max() ?? 0) / 1e9
    let rows = Self.explained(tables, facts, available)
    let byID = Dictionary(rows.map { ($0.id, $0) }) { first, _ in first }
    inUse = byID[.system]
    sides = MemorySide.inUse.compactMap { byID[.side($0)] }
    let others = rows.filter { row in
      row.id.kind != .side && row.id != .system
        && (pids.isEmpty || row.id.process.map { pids.contains($0.pid) } ?? false)
    }.sorted(by: WatchRow.isFaster)
    // A user who asks about a process wants to hear of its shared memory too.
    growing = others.filter { $0.isGrowing && ($0.isAccusable || !pids.isEmpty) }
      .withoutParents.withoutPercpuTables(beside: byID[.memoryClass(.percpu)])
    lines = others.filter {
      $0.isGrowing && !$0.isAccusable && $0.side != .cache && pids.isEmpty
    }
    caches = others.filter { $0.verdict.conclusion == .cache }
    open = others.filter { $0.isOpen && $0.isAccusable && $0.unit != .addressSpace }
      .withoutPercpuTables(beside: byID[.memoryClass(.percpu)])
  }

  /// The series that were judged, those that something else explains with the explanation.
  private static func explained(_ tables: [SampleTable], _ facts: WatchFacts, _ available: Int64?)
    -> [WatchRow]
  {
    var rows = rows(tables, available)
    rows.takeUncounted(counted(tables))
    rows.explainBySpace()
    rows.explainByCounts(facts.descriptors)
    rows.explainByCaches(on: .heldForUserSpace, as: .heldForUserSpace)
    rows.explainByCaches(on: .cache, as: .cache)
    rows.explainByCache()
    rows.explainInUse()
    return rows
  }

  /// Amounts that differ by less than this, in bytes, aren't judged: eight pages, which counters that
  /// each processor keeps for itself may be off by.
  static let leastBytes: Int64 = 32 << 10

  /// The counts of the whole system that were sampled.
  private static func counted(_ tables: [SampleTable]) -> Set<KernelCount> {
    Set(KernelCount.allCases.filter { things in tables.contains { $0.contains(.count(things)) } })
  }

  /// The series that moved enough to be judged, and the sums by side, which always are.
  private static func rows(_ tables: [SampleTable], _ available: Int64?) -> [WatchRow] {
    var found: [(table: SampleTable, id: SeriesID)] = []
    for table in tables {
      let moving = table.moving(bytes: leastBytes, things: 8)
      let sums = ([.system] + MemorySide.inUse.map(SeriesID.side)).filter {
        table.contains($0) && !moving.contains($0)
      }
      found += (moving + sums).map { (table, $0) }
    }
    let others = tables.sum { $0.series.count } - found.count
    let series = found.map { $0.table.samples(of: $0.id, room: available) }
    return zip(found, TrendJudge.verdicts(series, others: others)).map { place, verdict in
      let values = place.table.values(place.id)
      return WatchRow(
        id: place.id, side: place.table.side(of: place.id),
        isReclaimable: place.table.isReclaimable(place.id), verdict: verdict,
        values: values, times: Array(place.table.times.suffix(values.count)),
        latest: place.table.latest(place.id))
    }
  }
}

extension WatchRow {
  /// Whether the row is a control group inside the other one.
  fileprivate func isInside(_ other: WatchRow) -> Bool {
    guard case .cgroup(let path) = id, case .cgroup(let parent) = other.id else { return false }
    return path.hasPrefix(parent + "/")
  }
}

extension [WatchRow] {
  /// The rows without control groups whose growth is that of a group inside them.
  fileprivate var withoutParents: [WatchRow] {
    filter { row in !contains { $0.isInside(row) && $0.rate >= row.rate / 2 } }
  }
}
