package import KmemSnapshot

/// What changed between two snapshots: by class, cache, caller, tag, module and zone.
package struct Growth: Hashable, Sendable {
  package let before: Moment
  package let after: Moment
  package let kind: Kind
  /// Seconds from one to the other; nothing where either time is unknown.
  package let seconds: Double?
  /// MemTotal.
  package let total: Change
  /// MemAvailable, computed where the kernel doesn't print it.
  package let available: Change
  /// Every class that either side has, in the order of the books.
  package let classes: [ClassChange]
  package let caches: Listing<CacheChange>
  package let vmallocCallers: Listing<NamedChange<VmallocCaller>>
  package let allocationTags: Listing<NamedChange<AllocationTag>>
  package let modules: Listing<ModuleChange>
  /// Free memory by zone.
  package let zones: Listing<NamedChange<String>>
  package let counts: [CountChange]
  /// Growths that should meet, with the gap between them.
  package let meetings: [Meeting]
  package let verdict: GrowthVerdict
  /// Who owns what grew, the largest growth first.
  package let attributions: [Attribution]
  /// What modules and parts of the kernel gained.
  package let ledger: OwnerLedger
  /// The processes whose own memory changed, the one that gained most first.
  package let processes: Listing<ProcessGrowth.Change>
  /// The programs that gained open files, the one that gained most first.
  package let openFiles: Listing<OpenFileGain>

  /// What a comparison of the two can mean.
  package enum Kind: Hashable, Sendable {
    /// Same host, same boot: what is more is growth.
    case growth
    /// Another boot of the same host: levels are compared, nothing grew.
    case levels
    /// Two hosts: a comparison, never growth.
    case comparison
    /// The files don't tell whether host and boot are the same.
    case assumed

    /// Whether what is more may be called growth.
    package var isGrowth: Bool { self == .growth || self == .assumed }
  }

  package subscript(memoryClass: MemoryClass) -> Int64? {
    classes.first { $0.memoryClass == memoryClass }?.bytes.growth
  }
}

/// A class at two moments.
package struct ClassChange: Hashable, Sendable {
  package let memoryClass: MemoryClass
  package let bytes: Change
  /// Why there is no growth, where there is none.
  package let missing: MissingAmount?
  package let origin: Books.Origin
}

/// A slab cache at two moments.
package struct CacheChange: Hashable, Sendable {
  package let name: String
  package let bytes: Change
  package let objects: Change
  package let objectSize: Int64
  package let aliases: [String]
  package let isReclaimable: Bool?
  package let meaning: CacheMeaning?
  /// Whose its memory is.
  package let side: MemorySide

  package var growth: Int64 { bytes.growthFromNothing }
}

/// How many of a thing the kernel holds, at two moments.
package struct CountChange: Hashable, Sendable {
  package let things: KernelCount
  package let count: Change
}
