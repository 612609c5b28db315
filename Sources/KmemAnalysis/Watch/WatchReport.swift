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
  package private(set) var growing: [WatchRow]
  /// Lines of source that grow: they name an owner, but accuse nobody by themselves.
  package let lines: [WatchRow]
  /// Series of cache that grow.
  package let caches: [WatchRow]
  /// Series that may be growing and aren't sure to, the fastest first.
  package let open: [WatchRow]
  /// Whether the user asked about some processes only, so that sums over others don't decide.
  private let isOfProcesses: Bool
  /// All series that were judged or never changed.
  package let series: Int
  private let available: Int64?

  /// Judges the samples; `available` is how many bytes memory can still grow into.
  ///
  /// With `pids`, only these processes are accused.
  package init(
    _ tables: [SampleTable], facts: WatchFacts, available: Int64?, only pids: Set<Int> = []
  ) {
    self.facts = facts
    self.available = available
    isOfProcesses = !pids.isEmpty
    seconds = tables.map(\.seconds).max() ?? 0
    // Processes may be read less often: if the user asked about some, their own samples count.
    let asked = pids.isEmpty ? tables : tables.filter { $0.series.contains { $0.process != nil } }
    samples = asked.map(\.moments).max() ?? 0
    series = tables.sum { $0.series.count }
    var rows = Self.rows(tables, available)
    rows.explainByCounts()
    rows.explainByCaches(on: .heldForUserSpace, as: .heldForUserSpace)
    rows.explainByCaches(on: .cache, as: .cache)
    rows.explainByCache()
    rows.explainInUse()
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
    open = others.filter { $0.isOpen && $0.isAccusable }
      .withoutPercpuTables(beside: byID[.memoryClass(.percpu)])
  }

  /// The series that moved enough to be judged, and the sums by side, which always are.
  private static func rows(_ tables: [SampleTable], _ available: Int64?) -> [WatchRow] {
    var found: [(table: SampleTable, id: SeriesID)] = []
    for table in tables {
      let moving = table.moving(bytes: 32 << 10, things: 8)
      let sums = ([.system] + MemorySide.inUse.map(SeriesID.side)).filter {
        table.contains($0) && !moving.contains($0)
      }
      found += (moving + sums).map { (table, $0) }
    }
    let others = tables.sum { $0.series.count } - found.count
    let series = found.map { $0.table.samples(of: $0.id, room: available) }
    return zip(found, TrendJudge.verdicts(series, others: others)).map { place, verdict in
      WatchRow(
        id: place.id, side: place.table.side(of: place.id),
        isReclaimable: place.table.isReclaimable(place.id), verdict: verdict,
        values: place.table.values(place.id), latest: place.table.latest(place.id))
    }
  }
}

extension SampleTable {
  /// Seconds from the first row to the last.
  package var seconds: Double {
    guard let first = times.first, let last = times.last else { return 0 }
    return Double(last.minus(first)) / 1e9
  }
}

extension WatchReport {
  /// The conclusion for the whole machine.
  ///
  /// Rows that name an owner decide before the sums do. Shared memory that grows, for one, makes
  /// the sum of user space grow too, and it's held for user space all the same.
  package var conclusion: Conclusion {
    let sums = isOfProcesses ? [] : sides
    let all = isOfProcesses ? [] : [inUse].compactMap(\.self)
    if let found = Self.finding(growing) ?? Self.finding(sums) ?? Self.finding(all) {
      return found
    }
    if samples < TrendJudge.fewest || !open.isEmpty || sums.contains(where: \.isOpen) {
      return .notEnough
    }
    if isOfProcesses { return .stable }
    if hidesTooMuch { return .notEnough }
    let isCache = !caches.isEmpty || sides.contains { $0.verdict.conclusion == .cache }
    return isCache ? .cache : .stable
  }

  /// The growth of memory in use, in bytes per second, that could still hide in its noise.
  ///
  /// Where cache explains the growth, it is the noise of all other memory.
  package var hidden: Double {
    guard let inUse else { return 0 }
    let rows =
      inUse.verdict.conclusion == .cache
      ? sides.filter { $0.side != .cache && $0.verdict.conclusion != .cache } : [inUse]
    return rows.map { max(0, $0.verdict.high ?? 0) }.reduce(0, +)
  }

  /// Whether hidden growth might use up the available memory within a day.
  ///
  /// The absence of findings means little then.
  package var hidesTooMuch: Bool {
    available.map { hidden * 86400 > Double($0) } ?? false
  }

  /// The conclusion of the row that decides: the kernel's named growth, unless something else grows
  /// much faster.
  private static func finding(_ rows: [WatchRow]) -> Conclusion? {
    let found = rows.filter(\.isGrowing).sorted(by: WatchRow.isFaster)
    guard let fastest = found.first(where: { $0.unit == .bytes }) ?? found.first else { return nil }
    let kernel = found.first { $0.verdict.conclusion == .growing && $0.unit == .bytes }
    let isNamed = kernel.map { $0.rate >= fastest.rate * Conclusion.kernelShare } ?? false
    return isNamed ? .growing : fastest.verdict.conclusion
  }

  /// Whether the conclusion accuses something, so that the exit status is 1.
  package var isFinding: Bool { conclusion.isFinding }

  /// The row to name first: among the fastest the one with the most precise name.
  package var culprit: WatchRow? {
    let conclusion = conclusion
    let wanted = growing.filter { $0.verdict.conclusion == conclusion }
    if conclusion == .heldForUserSpace, let files = holder(of: wanted) { return files }
    guard let fastest = wanted.first(where: { $0.unit == .bytes }) ?? wanted.first else {
      return nil
    }
    let rivals = (wanted + lines).filter { $0.isAlike(fastest) && $0.unit == fastest.unit }
    // A cache holds a little more than the line of source that fills it.
    return rivals.filter { $0.rate >= fastest.rate / 2 && $0.rate <= fastest.rate * 1.5 }
      .min { ($0.precision, -$0.rate) < ($1.precision, -$1.rate) }
  }

  /// The process that opened most of the files that grow.
  private func holder(of wanted: [WatchRow]) -> WatchRow? {
    guard let files = wanted.first(where: { $0.id.kind == .processFiles }) else { return nil }
    let all = wanted.first { $0.id.kind == .count }
    return files.rate >= (all?.rate ?? 0) / 2 ? files : nil
  }

  /// The slab cache or class in which the culprit's memory lies.
  package var place: WatchRow? {
    guard let culprit, culprit.side != .userSpace else { return nil }
    let isThings = culprit.unit != .bytes
    return growing.filter { $0.isAlike(culprit) && $0.isPlace }
      .filter { isThings || $0.precision > culprit.precision && $0.rate >= culprit.rate / 2 }
      .min { ($0.precision, -$0.rate) < ($1.precision, -$1.rate) }
  }

  /// The cheapest remedy that would tell the owner on this kernel; nil where a line of source names
  /// it.
  package var ownerStep: Remedy? {
    guard culprit?.id.kind != .allocationSite else { return nil }
    return growing.lazy.filter(\.isKernels).compactMap(\.ownerStep).first
  }

  /// Whether the culprit is pages in no class, which kmemleak doesn't follow (mm/page_alloc.c).
  package var isOfLoosePages: Bool {
    culprit?.id == .memoryClass(.unaccounted) || place?.id == .memoryClass(.unaccounted)
  }

  /// How many more seconds would probably decide; nil where these samples do.
  package var secondsNeeded: Double? {
    guard conclusion == .notEnough else { return nil }
    if samples > 1, samples < TrendJudge.fewest {
      return seconds / Double(samples - 1) * Double(TrendJudge.fewest - samples)
    }
    if let first = openRow { return first.verdict.secondsNeeded }
    if hidesTooMuch, let available, available > 0 {
      // The growth that could hide shrinks at least as fast as time grows.
      return seconds * min(100, hidden * 86400 / Double(available) - 1)
    }
    return inUse?.verdict.secondsNeeded
  }

  /// The fastest of the rows that may be growing.
  package var openRow: WatchRow? {
    open.first { $0.unit == .bytes } ?? open.first ?? sides.first(where: \.isOpen)
  }

  /// Adds the owners of the growth of caches and classes.
  package mutating func add(_ attributions: [Attribution]) {
    for place in growing.indices where growing[place].isSuspect {
      let found = attributions.first { $0.subject == growing[place].id }
      growing[place].owners = found?.candidates ?? []
      growing[place].ownerStep = found?.nextStep
    }
  }
}

extension WatchRow {
  /// Whether both rows are memory of the same side; pages in no class are the kernel's too.
  fileprivate func isAlike(_ other: WatchRow) -> Bool {
    side == other.side || isSuspect && other.isSuspect
  }

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
