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

  package init(_ snapshot: Snapshot) {
    moment = Moment(snapshot)
    books = Books(snapshot)
    meminfoMissing = snapshot.meminfo.missing
    availability = Availability(snapshot)
    zones = ZoneHealth.all(snapshot)
    zonesMissing = zones.isEmpty ? snapshot.zoneinfo.missing : nil
    slab = snapshot.slabUsage
    slabMissing = snapshot.slabinfo.missing
    let pageSize = snapshot.host.pageSize.bytes
    vmallocCallers = Listing(snapshot.vmallocinfo) {
      .amounts($0.callers(pageSize: pageSize), inOrder: <)
    }
    let sums = snapshot.allocationSums
    allocationTags = Listing(sums, \.amounts)
    pressure = snapshot.memoryPressure.value?.some?.avg10
    meetings = Meeting.all(snapshot, usage: slab)
    findings =
      FindingRules(
        snapshot: snapshot, books: books, zones: zones, slab: slab, pressure: pressure
      ).findings
    ledger = OwnerLedger(HeldMemory(snapshot, sums.value))
    cacheOwners = Self.owners(of: slab?.caches ?? [], snapshot)
  }
}

extension Health {
  /// Who allocated each cache's objects, where the kernel noted it, else who made the cache.
  private static func owners(of caches: [SlabUsage.Cache], _ snapshot: Snapshot)
    -> [String: [Candidate]]
  {
    let names = InferredOwners(snapshot)
    var owners: [String: [Candidate]] = [:]
    for cache in caches where cache.side != .debugging {
      let traced = snapshot.allocTraces[cache.name].map {
        TracedOwners.candidates(from: nil, to: $0, size: cache.objectSize)
      }
      let found = traced ?? names.candidates(for: cache.name, aliases: cache.aliases)
      if !found.isEmpty { owners[cache.name] = found }
    }
    return owners
  }
}
