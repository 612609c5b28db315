package import KmemSnapshot

/// What changed between two snapshots: by class, cache, caller, tag, module and zone.
package struct Growth: Hashable, Sendable {
  /// The earlier moment.
  package let before: Moment
  /// The later moment.
  package let after: Moment
  /// What a comparison of these two moments can mean.
  package let kind: Kind
  /// Seconds from one to the other; nothing where either time is unknown.
  package let seconds: Double?
  /// MemTotal.
  package let total: BeforeAfter
  /// MemAvailable, computed where the kernel doesn't print it.
  package let available: BeforeAfter
  /// Swap in use, in bytes: SwapTotal less SwapFree.
  package let swapUsed: BeforeAfter
  /// What the host has by a balloon, in bytes.
  package let balloon: BeforeAfter
  /// Every class that either side has, in the order of the books.
  package let classes: [ClassChange]
  /// The lines of meminfo that changed, where not all memory can be compared; in bytes, and pools of
  /// huge pages by count.
  package let lines: [NamedChange<String>]
  /// The slab caches that either side lists, the largest growth first.
  package let caches: SourceList<CacheChange>
  /// The callers of vmalloc that either side lists, the largest growth first.
  package let vmallocCallers: SourceList<NamedChange<VmallocCaller>>
  /// The lines of source, those that gained first, those that lost last.
  package let allocationSites: SourceList<NamedChange<AllocationSite>>
  /// The modules that came, went or were loaded anew, by name.
  package let modules: SourceList<ModuleChange>
  /// Free memory by zone.
  package let zones: SourceList<NamedChange<String>>
  /// The counts of things that changed.
  package let counts: [CountChange]
  /// The counts that are the same at both moments.
  package let unchangedCounts: [KernelCount]
  /// The sockets in use by protocol, as far as both sides tell them, those that gained most first.
  package let sockets: [SocketChange]
  /// Growths that should meet, with the gap between them.
  package let crossChecks: [CrossCheck]
  /// What the two moments allow to be said.
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

  /// Bytes that a class gained; nothing where that isn't known.
  package subscript(memoryClass: MemoryClass) -> Int64? {
    classes.first { $0.memoryClass == memoryClass }?.bytes.growth
  }
}

extension Growth {
  /// Whether the first moment is the later one, by the clock of one boot.
  package var isReversed: Bool { kind.isReversed(seconds) }
}

extension Growth.Kind {
  /// Whether the seconds from the first moment to the second say that the second is the earlier one.
  func isReversed(_ seconds: Double?) -> Bool { self == .growth && (seconds ?? 0) < 0 }
}
