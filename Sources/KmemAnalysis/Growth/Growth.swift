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
