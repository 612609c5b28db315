import KmemParsers
package import KmemSnapshot

/// The health of one moment: the books, the zones, the caches, and what is wrong first.
package struct Health: Hashable, Sendable {
  /// The moment that is judged.
  package let moment: Moment
  /// Every byte of MemTotal in one class.
  package let books: Books?
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
  /// The share of time in which some task waited for memory, in percent over the last 10 s.
  package let pressure: Double?
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
    meminfoMissing = snapshot.meminfo.missing
    availability = model.availability
    zones = ZoneHealth.all(snapshot)
    zonesMissing = zones.isEmpty ? snapshot.zoneinfo.missing : nil
    slab = model.slab
    slabMissing = snapshot.slabinfo.missing
    vmallocCallers = SourceList(model.callers) { .amounts($0, inOrder: <) }
    allocationSites = SourceList(model.sites, \.amounts)
    pressure = snapshot.memoryPressure.value?.some?.avg10
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
  /// Whether lines of meminfo are missing that this kernel prints.
  package var isMeminfoCut: Bool { gaps.contains { $0.path == Meminfo.path } }
}
