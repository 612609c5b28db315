import KmemParsers
import KmemSnapshot

extension Growth {
  /// Compares two moments, the earlier one first.
  package init(from before: MemoryModel, to after: MemoryModel) {
    let (old, new) = (before.snapshot, after.snapshot)
    self.before = Moment(old)
    self.after = Moment(new)
    let total = BeforeAfter(old.meminfoBytes("MemTotal"), new.meminfoBytes("MemTotal"))
    kind = Kind(from: old.host, to: new.host, total: total)
    seconds = Self.seconds(from: old.host, to: new.host)
    self.total = total
    available = BeforeAfter(before.availability?.bytes, after.availability?.bytes)
    let gaps = GrowthGaps(from: before, to: after)
    classes = ClassChange.all(from: before, to: after, gaps)
    balloon = BeforeAfter(Balloon(old)?.bytes, Balloon(new)?.bytes)
    swapUsed = BeforeAfter(old.swapUsed, new.swapUsed)
    lines = gaps.isEmpty ? [] : NamedChange.lines(from: old, to: new)
    vmallocCallers = SourceList(from: before.callers, to: after.callers) {
      .changes(from: $0, to: $1, inOrder: <)
    }
    allocationSites = SourceList(from: before.sites, to: after.sites) { $0.changes(to: $1) }
    modules = SourceList(from: old.modules, to: new.modules, ModuleChange.changes)
    zones = SourceList(from: old.zoneinfo, to: new.zoneinfo) {
      .changes(
        from: $0.freeByZone(pageSize: before.pageSize),
        to: $1.freeByZone(pageSize: after.pageSize), inOrder: <)
    }
    counts = CountChange.all(from: old.counts, to: new.counts)
    unchangedCounts = CountChange.unchanged(from: old.counts, to: new.counts)
    let floor = GrowthVerdict.floor(total: total.after ?? total.before)
    let held = HeldGrowth(
      classes: classes, changed: counts, unchanged: unchangedCounts, floor: floor)
    caches = CacheChange.all(from: before, to: after).takingUncounted(held)
    sockets = SocketChange.all(from: old[Sockstat.self].value, to: new[Sockstat.self].value)
    crossChecks = CrossCheck.growths(classes: classes, caches: caches, callers: vmallocCallers)
    var sides = SideTotals(
      classes: classes, caches: caches.elements, callers: vmallocCallers.elements)
    if held.stacks?.isSure == true {
      sides.move(held.uncountedStacks, from: .heldForUserSpace, to: .kernel)
    }
    let slab =
      classes.first { $0.memoryClass == .slabReclaimable }?.bytes.growth
      ?? caches.elements.filter { $0.side == .cache }.sum(\.growth)
    verdict = GrowthVerdict(
      kind: kind, isReversed: kind.isReversed(seconds),
      total: total.after ?? total.before, sides: sides, slab: slab, gaps: gaps,
      rounding: Self.rounding(classes: classes, caches: caches.elements, from: old, to: new),
      unproven: held.unproven(caches.elements))
  }

  /// The time between, by the boot clock within one boot (the wall clock may be set), else by the wall.
  private static func seconds(from before: Host, to after: Host) -> Double? {
    if before.sameBoot(as: after) == .same, let start = before.upTime, let end = after.upTime {
      return end - start
    }
    if let start = before.wallTime, let end = after.wallTime { return end - start }
    return before.textMoment?.seconds(to: after.textMoment)
  }
}

extension Growth.Kind {
  /// Takes the moments for those of two machines where no file names the machine and MemTotal differs
  /// by more than a tenth.
  init(from before: Host, to after: Host, total: BeforeAfter) {
    switch (before.sameMachine(as: after), before.sameBoot(as: after)) {
    case (.different, _): self = .comparison
    case (_, .different): self = .levels
    case (_, .same): self = .growth
    case (_, .unknown): self = Self.differs(total) ? .comparison : .assumed
    }
  }

  private static func differs(_ total: BeforeAfter) -> Bool {
    guard let before = total.before, let after = total.after else { return false }
    return Double(max(before, after)) > Double(min(before, after)) * 1.1
  }
}

extension Zoneinfo {
  /// The free memory of each populated zone, by node and name: bytes, and pages.
  fileprivate func freeByZone(pageSize: Int64) -> [String: (bytes: Int64, count: Int64)] {
    var zones: [String: (bytes: Int64, count: Int64)] = [:]
    for zone in self.zones where zone.isPopulated {
      guard let free = zone.free, free < 1 << 40 else { continue }
      zones["\(zone.node) \(zone.name)"] = (Int64(free) * pageSize, Int64(free))
    }
    return zones
  }
}

extension HeldGrowth {
  /// Bytes held for programs of which a moment doesn't tell whether they have more.
  fileprivate func unproven(_ caches: [CacheChange]) -> Int64 {
    let objects = caches.filter { doubt($0)?.isSure == false }.sum(\.growth)
    return stacks?.isSure == false ? objects.plus(uncountedStacks) : objects
  }
}

extension SourceList<CacheChange> {
  /// The caches, with those on the kernel's side of which programs don't have more.
  fileprivate func takingUncounted(_ held: HeldGrowth) -> Self {
    guard case .listed(let caches) = self else { return self }
    return .listed(
      caches.map { held.doubt($0)?.isSure == true && $0.side == .heldForUserSpace ? $0.taken : $0 })
  }
}
