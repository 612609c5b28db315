import KmemParsers
import KmemSnapshot

/// What may have the memory that is in no class.
///
/// Known things come first: those that the snapshot's files exclude aren't listed, those that it can't
/// tell are, with the files that would.
package struct UnaccountedSuspects: Hashable, Sendable {
  /// Classes that have no amount, the likeliest first.
  package let unknown: [MemoryClass]
  /// Whether there may be huge pages of other sizes than the default one, which alone is counted.
  package let hasOtherHugePages: Bool
  /// Whether meminfo was cut or filtered where it matters, so that nobody is to blame.
  package let isCut: Bool
  /// The cache of ZFS: loaded, possible, or excluded.
  package let zfs: Doubt
  /// The guest's balloon, if it isn't known to be outside MemTotal.
  package let balloon: Balloon?
  /// Whether there may be a balloon of which no file tells.
  package let mayBeBalloon: Bool
  /// Whether swap in use may lie compressed in memory, of which no file tells.
  package let mayBeCompressed: Bool
  /// Drivers of GPUs that are loaded, whose pages no line counts before 7.1.
  package let gpuDrivers: [String]
  /// Whether there is a list of modules, by which drivers are excluded.
  package let hasModules: Bool

  /// How sure it is that something isn't there.
  package enum Doubt: Hashable, Sendable {
    case excluded, possible, loaded
  }
}

extension UnaccountedSuspects {
  init(_ snapshot: Snapshot, _ books: Books, balloon: Balloon?) {
    let modules = snapshot.modules.value?.modules.map(\.name)
    hasModules = modules != nil
    let completeness = snapshot.meminfoCompleteness
    let lost = Self.lines.filter { books[$0.0]?.bytes == nil && completeness.lacks($0.1) }
      .map(\.0)
    let rest = Self.rest(snapshot, books, completeness)
    unknown = lost + rest
    let isFiltered = completeness.map { $0.extent != .whole && $0.extent != .nodes } ?? false
    isCut = !lost.isEmpty || isFiltered && !rest.isEmpty
    hasOtherHugePages =
      books[.hugePages]?.origin == .defaultHugePages && snapshot.hugePagePools.isEmpty
    if books[.zfsArc]?.bytes != nil {
      zfs = .excluded
    } else if let modules {
      zfs = modules.contains("zfs") && snapshot.arcstats.value == nil ? .loaded : .excluded
    } else {
      zfs = .possible
    }
    let isOutside = balloon?.isInMemTotal == false
    self.balloon = isOutside || balloon?.bytes == 0 ? nil : balloon
    mayBeBalloon =
      balloon == nil && modules == nil && snapshot.vmstat.value?[.balloonInflate] == nil
    mayBeCompressed = books[.zspages] == nil && Self.mayHaveCompressed(snapshot)
    gpuDrivers =
      books[.gpuActive] == nil ? (modules ?? []).filter(Self.gpus.contains).sorted() : []
  }

  /// What may have the memory of which only sums are known; nothing where a tool's text tells them, which
  /// has no lines that could be missing.
  init?(untoldIn snapshot: Snapshot, _ books: Books) {
    guard books.isOfSums, !snapshot.isMeminfoOfTool else { return nil }
    self.init(snapshot, books, balloon: Balloon(snapshot))
  }

  /// Classes that every kernel prints, with the lines that tell them.
  private static let lines: [(MemoryClass, [Meminfo.Key])] = [
    (.anonymous, [.anonPages]), (.pageCache, [.cached, .buffers, .filePages]),
    (.lruInTransit, [.active, .inactive, .unevictable]),
    (.slabUnreclaimable, [.slab, .sUnreclaim]),
    (.pageTables, [.pageTables]), (.kernelStacks, [.kernelStack]),
  ]

  /// The other classes that have no amount and may have much.
  private static func rest(
    _ snapshot: Snapshot, _ books: Books, _ completeness: MeminfoCompleteness?
  ) -> [MemoryClass] {
    var unknown: [MemoryClass] = []
    let hasAreas = snapshot.vmallocinfo.value != nil
    if books[.percpu]?.bytes == nil, !hasAreas { unknown.append(.percpu) }
    let isBuilt = snapshot.config.value.map { $0["HUGETLB_PAGE"] == .yes } ?? true
    if books[.hugePages]?.bytes == nil, snapshot.hugePagePools.isEmpty, isBuilt,
      completeness.lacks([.hugePagesTotal])
    {
      unknown.append(.hugePages)
    }
    if books[.vmalloc]?.bytes == nil { unknown.append(.vmalloc) }
    return unknown
  }

  private static func mayHaveCompressed(_ snapshot: Snapshot) -> Bool {
    guard snapshot.vmstat.value == nil, let meminfo = snapshot.meminfo.value,
      meminfo[.zswap] == nil, let total = meminfo[.swapTotal]?.bytes,
      let free = meminfo[.swapFree]?.bytes
    else { return false }
    return free < total
  }

  /// Drivers that take pages by the gigabyte for buffers of GPUs.
  private static let gpus: Set<String> = [
    "amdgpu", "radeon", "i915", "xe", "nouveau", "nvidia", "vc4", "v3d", "panfrost", "panthor",
    "msm", "etnaviv", "lima", "vmwgfx", "qxl", "mali", "mali_kbase",
  ]
}
