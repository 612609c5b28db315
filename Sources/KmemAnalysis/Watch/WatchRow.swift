/// One amount over the time watched, judged.
package struct WatchRow: Hashable, Sendable {
  package let id: SeriesID
  /// Whose it is; nothing for the whole system.
  package let side: MemorySide?
  /// Whether the kernel counts it as reclaimable: of a slab cache, where that is known.
  let isReclaimable: Bool?
  package internal(set) var verdict: TrendVerdict
  /// The amounts by row of the table, missing ones included.
  package let values: [Int64?]
  package let latest: Int64?
  /// Who owns what grew, the surest first; for slab caches and classes, where something tells it.
  package internal(set) var owners: [Candidate] = []
  /// The cheapest thing that would tell the owner on this kernel.
  package internal(set) var ownerStep: Remedy?
  /// What explains its growth by that of something else.
  package internal(set) var explanation: Explanation?

  /// What growth is explained by.
  package enum Explanation: Hashable, Sendable {
    /// Per-CPU memory's tables grow beside it, in vmalloc.
    case percpuTables
    /// It grows no faster than what ever more of these things need.
    case counts([KernelCount])
    /// Most of it is in caches that are on that side.
    case caches(MemorySide)
    /// It grows with reclaimable slab, and no faster.
    case reclaimableSlab
    /// Cache grows, part of which isn't counted as available.
    case unavailableCache
  }

  /// What the amounts gained from the first to the last.
  package var gained: Int64? {
    guard let first = values.lazy.compactMap(\.self).first, let latest else { return nil }
    return latest.minus(first)
  }

  /// Growth per second; nothing where there is no line.
  package var rate: Double { verdict.rate ?? 0 }

  package var isGrowing: Bool { verdict.conclusion.isFinding }

  /// Whether it is memory of the kernel's own, or in no class.
  var isSuspect: Bool { side?.isSuspect ?? false }

  /// Whether the kernel's own memory grows, and nothing that programs hold explains it.
  package var isKernels: Bool { isSuspect && verdict.conclusion == .growing }

  /// Whether its growth alone is a finding.
  ///
  /// Touching more of a shared segment isn't growth of the segment. Lines of the kernel itself and of
  /// filesystems also hold cache and what programs asked for: those lines only say who, where a class
  /// or a cache already says that something grows.
  package var isAccusable: Bool {
    guard side != .cache else { return false }
    switch id {
    case .allocationSite(let tag): return tag.module != nil && !tag.isOfFilesystem
    case .process(_, .shared): return false
    case .system, .side, .memoryClass, .slabCache, .vmallocCaller, .module, .count, .cgroup,
      .process, .command:
      return true
    }
  }

  /// Whether it may be rising at a rate that matters, or will soon be known to rise, and isn't sure.
  ///
  /// A rate just below what matters must not pass for nothing until the moment when it's sure.
  package var isOpen: Bool {
    guard verdict.conclusion == .notEnough, let low = verdict.low, low > 0 else { return false }
    if max(rate, verdict.high ?? 0) * 3600 >= unit.least { return true }
    return verdict.secondsNeeded.map { $0 <= 2 * verdict.seconds } ?? false
  }
}

extension WatchRow {
  package var unit: TrendUnit { id.unit }

  /// How precisely the kind names whom to ask; the most precise first.
  private static let precision: [SeriesID.Kind] = [
    .allocationSite, .process, .processFiles, .processShared, .module, .vmallocCaller, .command,
    .slabCache, .cgroup, .count, .memoryClass, .side, .system,
  ]

  /// Whether it names somebody, and not only a sum of many.
  package var isPrecise: Bool { ![.count, .memoryClass, .side, .system].contains(id.kind) }

  /// Whether it says where memory lies, whoever asked for it.
  var isPlace: Bool { id.kind == .slabCache || id.kind == .memoryClass }

  var precision: Int { Self.precision.firstIndex(of: id.kind) ?? Self.precision.count }

  /// The faster first; those alike by how precisely they name it.
  static func isFaster(_ one: WatchRow, _ other: WatchRow) -> Bool {
    if one.rate != other.rate { return one.rate > other.rate }
    if one.precision != other.precision { return one.precision < other.precision }
    return one.id.precedes(other.id)
  }
}
