import KmemParsers
package import KmemSnapshot

/// The health of one moment: the books, the zones, the caches, and what is wrong first.
package struct Health: Hashable, Sendable {
  package let moment: Moment
  package let books: Books?
  /// Why meminfo is missing; without books, nothing means that it has no MemTotal.
  package let meminfoMissing: Missing?
  package let availability: Availability?
  package let zones: [ZoneHealth]
  /// Why zoneinfo is missing, where there are no zones.
  package let zonesMissing: Missing?
  package let slab: SlabUsage?
  /// Why slabinfo is missing.
  package let slabMissing: Missing?
  package let vmallocCallers: Listing<NamedAmount<VmallocCaller>>
  package let allocationTags: Listing<NamedAmount<AllocationTag>>
  /// The share of time in which some task waited for memory, in percent over the last 10 s.
  package let pressure: Double?
  package let meetings: [Meeting]
  /// What is wrong, the worst first.
  package let findings: [Finding]
  /// What modules and parts of the kernel hold.
  package let ledger: OwnerLedger
  /// The likeliest owner of each cache, by the cache's name; none where nothing tells one.
  package let cacheOwners: [String: [Candidate]]

  /// Judges one moment.
  package init(_ model: MemoryModel) {
    let snapshot = model.snapshot
    moment = Moment(snapshot)
    books = model.books
    meminfoMissing = snapshot.meminfo.missing
    availability = model.availability
    zones = ZoneHealth.all(snapshot)
    zonesMissing = zones.isEmpty ? snapshot.zoneinfo.missing : nil
    slab = model.slab
    slabMissing = snapshot.slabinfo.missing
    vmallocCallers = Listing(model.callers) { .amounts($0, inOrder: <) }
    allocationTags = Listing(model.sites, \.amounts)
    pressure = snapshot.memoryPressure.value?.some?.avg10
    meetings = Meeting.all(snapshot, usage: slab)
    findings =
      FindingRules(
        model: model, zones: zones, pressure: pressure
      ).findings
    ledger = OwnerLedger(HeldMemory(model))
    cacheOwners = model.cacheOwners
  }
}
