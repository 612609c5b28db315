import KmemParsers
package import KmemSnapshot

extension Growth {
  /// Compares two snapshots, the earlier one first; `leaks` are what kmemleak says of the later one.
  package init(from before: Snapshot, to after: Snapshot, leaks: [LeakGroup] = []) {
    self.before = Moment(before)
    self.after = Moment(after)
    let total = Change(before.meminfoBytes("MemTotal"), after.meminfoBytes("MemTotal"))
    kind = Kind(from: before.host, to: after.host, total: total)
    seconds = Self.seconds(from: before.host, to: after.host)
    self.total = total
    available = Change(Availability(before)?.bytes, Availability(after)?.bytes)
    classes = ClassChange.all(from: Books(before), to: Books(after))
    caches = CacheChange.all(from: before, to: after)
    let sizes = (before.host.pageSize.bytes, after.host.pageSize.bytes)
    vmallocCallers = Listing(from: before.vmallocinfo, to: after.vmallocinfo) {
      .changes(
        from: $0.callers(pageSize: sizes.0), to: $1.callers(pageSize: sizes.1), inOrder: <)
    }
    let sums = (before.allocationSums, after.allocationSums)
    allocationTags = Listing(from: sums.0, to: sums.1) { $0.changes(to: $1) }
    modules = Listing(from: before.modules, to: after.modules, ModuleChange.changes)
    zones = Listing(from: before.zoneinfo, to: after.zoneinfo) {
      .changes(
        from: $0.freeByZone(pageSize: sizes.0), to: $1.freeByZone(pageSize: sizes.1), inOrder: <)
    }
    counts = CountChange.all(from: before.counts, to: after.counts)
    meetings = Meeting.growths(classes: classes, caches: caches, callers: vmallocCallers)
    verdict = GrowthVerdict(
      kind: kind, total: total.after ?? 0, classes: classes, caches: caches.elements)
    attributions = Attributions(
      from: before, to: after, classes: classes, caches: caches, callers: vmallocCallers,
      tags: allocationTags, leaks: leaks
    ).all()
    ledger = OwnerLedger(
      from: HeldMemory(before, sums.0.value), to: HeldMemory(after, sums.1.value))
    let programs = ProcessGrowth(from: before, to: after)
    processes = Listing(from: before, to: after, programs)
    openFiles = Listing(from: before, to: after, programs)
  }

  /// The time between, by the boot clock within one boot (the wall clock may be set), else by the wall.
  private static func seconds(from before: Host, to after: Host) -> Double? {
    if before.sameBoot(as: after) == .same, let start = before.upTime, let end = after.upTime {
      return end - start
    }
    guard let start = before.wallTime, let end = after.wallTime else { return nil }
    return end - start
  }
}

extension Growth.Kind {
  /// Where no file names the machine, a MemTotal that differs by more than a tenth tells of two.
  init(from before: Host, to after: Host, total: Change) {
    switch (before.sameMachine(as: after), before.sameBoot(as: after)) {
    case (.different, _): self = .comparison
    case (_, .different): self = .levels
    case (_, .same): self = .growth
    case (_, .unknown): self = Self.differs(total) ? .comparison : .assumed
    }
  }

  private static func differs(_ total: Change) -> Bool {
    guard let before = total.before, let after = total.after else { return false }
    return Double(max(before, after)) > Double(min(before, after)) * 1.1
  }
}

extension Snapshot {
  /// A line of meminfo in bytes.
  func meminfoBytes(_ name: String) -> Int64? { meminfo.value?[name]?.bytes }

  /// What lines of source hold, where allocinfo was read.
  package var allocationSums: Reading<AllocationSums> { allocinfo.map(AllocationSums.init) }

  /// The caches by size, where slabinfo was read.
  package var slabUsage: SlabUsage? {
    slabinfo.value.map {
      SlabUsage(
        $0, aliases: slabAliases.value, reclaimAccounts: reclaimAccounts,
        pageSize: host.pageSize.bytes)
    }
  }
}

extension Zoneinfo {
  func freeByZone(pageSize: Int) -> [String: (bytes: Int64, count: Int64)] {
    var zones: [String: (bytes: Int64, count: Int64)] = [:]
    for zone in self.zones where zone.isPopulated {
      guard let free = zone.free, free < 1 << 40 else { continue }
      zones["\(zone.node) \(zone.name)"] = (Int64(free) * Int64(pageSize), Int64(free))
    }
    return zones
  }
}
