/// One amount over the time watched, with the verdict on it.
package struct WatchRow: Hashable, Sendable {
  /// Which amount it is.
  package let id: SeriesID
  /// Whose the memory is; nil for the whole system.
  package internal(set) var side: MemorySide?
  /// Whether the kernel counts a slab cache as reclaimable; nil for other rows, and where that
  /// isn't known.
  let isReclaimable: Bool?
  /// What the amounts show.
  package internal(set) var verdict: TrendVerdict
  /// The amounts by row of the table; nil where a row has none.
  package let values: [Int64?]
  /// Nanoseconds since boot of each amount.
  package var times: [Int64] = []
  /// The latest amount; nil where there is none now.
  package let latest: Int64?
  /// Who owns the growth, the surest candidate first; only for slab caches and classes.
  package internal(set) var owners: [Candidate] = []
  /// The cheapest remedy that would tell the owner on this kernel; nil where none is needed.
  package internal(set) var ownerStep: Remedy?
  /// Why the growth is no growth of its own; nil where nothing else explains it.
  package internal(set) var explanation: Explanation?

  /// The growth of something else that explains a row's.
  package enum Explanation: Hashable, Sendable {
    /// Per-CPU memory grows, whose tables lie in vmalloc.
    case percpuTables
    /// The row grows no faster than what ever more of these things need.
    case counts([KernelCount])
    /// The row grows no faster than what may be in ever more descriptors: data that nobody reads,
    /// buffers, maps. Whose they are is told where it's known.
    case contents(ProcessName?)
    /// The row is what the kernel keeps for ever more mappings.
    case space
    /// These things don't become more, although the kernel keeps what was for them.
    case uncounted(KernelCount)
    /// Most of the growth is in caches on that side.
    case caches(MemorySide)
    /// The row grows with reclaimable slab, and no faster.
    case reclaimableSlab
    /// Cache grows, part of which isn't counted as available.
    case unavailableCache
  }

  /// The difference between the last known amount and the first.
  package var gained: Int64? {
    guard let first = values.lazy.compactMap(\.self).first, let latest else { return nil }
    return latest.minus(first)
  }

  /// Growth per second; nothing where there is no line.
  package var rate: Double { verdict.rate ?? 0 }

  /// Whether the verdict on the row is a finding.
  package var isGrowing: Bool { verdict.conclusion.isFinding }

  /// Whether the memory is the kernel's own, or in no class.
  var isSuspect: Bool { side?.isSuspect ?? false }

  /// Whether the kernel's own memory grows, and nothing that programs hold explains it.
  package var isKernels: Bool { isSuspect && verdict.conclusion == .growing }

  /// Whether the growth of this row alone is a finding.
  ///
  /// Touching more of a shared segment isn't growth of the segment. Lines of source of the kernel
  /// itself and of filesystems also hold cache and what programs asked for: such a line only names
  /// an owner where a class or a cache already grows.
  package var isAccusable: Bool {
    guard side != .cache else { return false }
    switch id {
    case .allocationSite(let tag): return tag.module != nil && !tag.isOfFilesystem
    case .process(_, .shared): return false
    case .system, .side, .memoryClass, .slabCache, .vmallocCaller, .module, .count, .cgroup,
      .process, .command, .commandProcesses:
      return true
    }
  }

  /// Whether the row may be rising at a rate that matters, or will soon be known to.
  ///
  /// A rate just below what matters must not be passed over until the moment when it's sure.
  package var isOpen: Bool {
    guard verdict.conclusion == .notEnough, let low = verdict.low, low > 0 else { return false }
    if max(rate, verdict.high ?? 0) * 3600 >= unit.least { return true }
    return verdict.secondsNeeded.map { $0 <= 2 * verdict.seconds } ?? false
  }
}

extension WatchRow {
  /// What the amounts count: bytes or things.
  package var unit: TrendUnit { id.unit }

  /// The kinds by how precisely they name an owner, the most precise first.
  private static let precision: [SeriesID.Kind] = [
    .allocationSite, .process, .processZombies, .processChildren, .processThreads, .processFiles,
    .processShared, .processSpace, .module, .vmallocCaller, .command, .commandProcesses, .slabCache,
    .cgroup, .count, .memoryClass, .side, .system,
  ]

  /// Whether the row names an owner, and isn't only a sum over many.
  package var isPrecise: Bool { ![.count, .memoryClass, .side, .system].contains(id.kind) }

  /// Whether the row says where memory lies, whoever allocated it.
  var isPlace: Bool { id.kind == .slabCache || id.kind == .memoryClass }

  var precision: Int { Self.precision.firstIndex(of: id.kind) ?? Self.precision.count }

  /// Sorts the faster row first, and equally fast ones by how precisely they name an owner.
  static func isFaster(_ one: WatchRow, _ other: WatchRow) -> Bool {
    if one.rate != other.rate { return one.rate > other.rate }
    if one.precision != other.precision { return one.precision < other.precision }
    return one.id.precedes(other.id)
  }
}
