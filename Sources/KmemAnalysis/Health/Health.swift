import KmemParsers
package import KmemSnapshot

/// The health of one moment: the books, the zones, the caches, and what is wrong first.
package struct Health: Hashable, Sendable {
  /// The moment that is judged.
  package let moment: Moment
  /// Every byte of MemTotal in one class.
  package let books: Books?
  /// What is known of single classes where there are no books, as meminfo has no MemTotal.
  package let knownClasses: [Books.Line]
  /// Why meminfo is missing; without books, nothing means that it has no MemTotal.
  package let meminfoMissing: Missing?
  /// What new programs can have without swapping.
  package let availability: Availability?
  /// The zones, in the kernel's order.
  package let zones: [ZoneHealth]
  /// Why zoneinfo is missing, where there are no zones.
  package let zonesMissing: Missing?
  /// The slab caches; nothing where slabinfo wasn't read.
  package let slab: SlabUsage?
  /// Why slabinfo is missing.
  package let slabMissing: Missing?
  /// The callers of vmalloc, the largest amount first, or why they aren't known.
  package let vmallocCallers: SourceList<NamedAmount<VmallocCaller>>
  /// The lines of source, the largest amount first, or why they aren't known.
  package let allocationSites: SourceList<NamedAmount<AllocationSite>>
  /// Whether a tool made the sizes of lines of source readable, and so rounded them.
  package let roundsSites: Bool
  /// The share of time in which some task waited for memory, in percent over the last 10 s.
  package let pressure: Double?
  /// What the processes of a tool's list hold at most; nothing without such a list.
  package let listedPrograms: ListedPrograms?
  /// Who holds most of the pages that page_owner lists; nothing where it wasn't read.
  package let pageHolder: PageHolder?
  /// What the tool says is in use, where one stands for meminfo.
  package let used: Int64?
  /// What the tool says that buffers and caches hold, where it prints them as one.
  package let caches: Int64?
  /// What `smem -w` says that the kernel has and that is no cache.
  package let kernelOfSmem: Int64?
  /// What is neither free nor active nor inactive, where a tool stands for meminfo and tells no more.
  package let offLists: Int64?
  /// What may have the memory of which a meminfo tells nothing that was cut in its first lines.
  package let untold: UnaccountedSuspects?
  /// The sums that should meet, with the gap between them.
  package let crossChecks: [CrossCheck]
  /// What is wrong and not accepted, the worst first.
  package let findings: [Finding]
  /// What is wrong and accepted for this machine, the worst first.
  package let accepted: [Finding]
  /// The files that aren't as complete as the kernel prints them.
  package let gaps: [SourceGap]
  /// What modules and parts of the kernel hold.
  package let ledger: HolderTotals
  /// The likeliest owner of each cache, by the cache's name; none where nothing tells one.
  package let cacheOwners: [String: [Candidate]]

  /// Judges one moment, but for what is accepted.
  package init(_ model: MemoryModel, accepting acceptances: [Acceptance] = []) {
    let snapshot = model.snapshot
    moment = Moment(snapshot)
    books = model.books
    knownClasses =
      model.books == nil ? Books.classes(snapshot).filter { $0.bytes ?? 0 > 0 } : []
    meminfoMissing = snapshot.meminfo.missing
    availability = model.availability
    zones = ZoneHealth.all(snapshot)
    zonesMissing = zones.isEmpty ? snapshot.zoneinfo.missing : nil
    slab = model.slab
    slabMissing = snapshot.slabinfo.missing
    vmallocCallers = SourceList(model.callers) { .amounts($0, inOrder: <) }
    allocationSites = SourceList(model.sites, \.amounts)
    roundsSites = snapshot.allocinfo.value?.tags.contains { $0.error > 0 } ?? false
    pressure = snapshot.memoryPressure.value?.some?.avg10
    listedPrograms = snapshot.listedPrograms
    pageHolder = PageHolder(snapshot)
    used = snapshot.meminfoBytes("used")
    caches = snapshot.meminfoBytes("buff/cache")
    kernelOfSmem = snapshot.meminfoBytes("kernel noncache")
    offLists = Self.offLists(snapshot)
    untold = model.books.flatMap { UnaccountedSuspects(untoldIn: snapshot, $0) }
    crossChecks = CrossCheck.all(snapshot, usage: slab)
    cacheOwners = model.cacheOwners
    let all =
      FindingRules(model: model, zones: zones, pressure: pressure, owners: cacheOwners).findings
    accepted = all.filter { finding in acceptances.contains { $0.covers(finding) } }
    findings = all.filter { finding in !acceptances.contains { $0.covers(finding) } }
    gaps = SourceGap.all(snapshot)
    ledger = HolderTotals(KernelHolders(model))
  }
}

extension Health {
  /// Unreclaimable slab where MemTotal isn't known, if it is much on a machine with less memory than
  /// `isMuchBelow`.
  package var unjudgedSlab: (bytes: Int64, isMuchBelow: Int64)? {
    let slab = knownClasses.first { $0.memoryClass == .slabUnreclaimable }?.bytes ?? 0
    return slab >= FindingRules.largeSlab ? (slab, slab.timesClamped(20)) : nil
  }

  /// MemTotal less what is free and what the LRU lists hold that `vmstat -s` prints.
  private static func offLists(_ snapshot: Snapshot) -> Int64? {
    guard snapshot.standIns.contains(where: { $0.file == Meminfo.file }),
      let total = snapshot.meminfoBytes("MemTotal"), let free = snapshot.meminfoBytes("MemFree"),
      let active = snapshot.meminfoBytes("Active"),
      let inactive = snapshot.meminfoBytes("Inactive"),
      snapshot.meminfoBytes("AnonPages") == nil
    else { return nil }
    return total.minus(free).minus(active).minus(inactive)
  }

  /// Whether lines of meminfo are missing that this kernel prints.
  package var isMeminfoCut: Bool { gaps.contains { $0.path == Meminfo.path } }
}
