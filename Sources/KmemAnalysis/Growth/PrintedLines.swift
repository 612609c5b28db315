import KmemParsers
import KmemSnapshot

/// Which lines of meminfo this kernel prints, by those that are there: a line that is missing at both
/// moments was cut, or the kernel is older than it.
///
/// Only lines without which memory of programs, or memory that is given back, would pass for memory in
/// no class. Those of the kernel's own may be missing at both moments: what is in no class then grows
/// with them, and is the kernel's too.
struct PrintedLines {
  private let before: Snapshot
  private let after: Snapshot

  init(_ before: Snapshot, _ after: Snapshot) {
    self.before = before
    self.after = after
  }

  /// The lines that neither moment has although this kernel prints them.
  var absent: [Books.Component] {
    guard isMissing(.memTotal) || !Self.always.allSatisfy(isMissing) else { return [] }
    let newest = Self.releases.filter { !isMissing($0.key) }.map(\.value).max() ?? 0
    let cut = Self.needed.filter { key in
      isMissing(key) && Self.releases.contains { $0.key == key && $0.value <= newest }
    }
    return ((Self.always + files).filter(isMissing) + cut + hugePages).map { .line($0) }
  }

  /// The files of nodes have FilePages in place of Cached and Buffers.
  private var files: [Meminfo.Key] { isMissing(.filePages) ? [.buffers, .cached] : [] }

  /// Huge pages are printed in several lines, or not at all (CONFIG_HUGETLB_PAGE).
  private var hugePages: [Meminfo.Key] {
    let lines: [Meminfo.Key] = [.hugePagesTotal, .hugepageSize]
    let hasPool = lines.contains { !isMissing($0) } || !isMissing(.hugetlb)
    guard hasPool || isBuiltIn("HUGETLB_PAGE") else { return [] }
    // Kernels with Percpu (4.19) print Hugetlb too, which counts the pools of all sizes.
    if !isMissing(.hugetlb) { return [] }
    return (isMissing(.percpu) ? [] : [.hugetlb]) + lines.filter(isMissing)
  }

  private func isBuiltIn(_ option: String) -> Bool {
    [before, after].contains { $0.config.value?[option] == .yes }
  }

  private func isMissing(_ key: Meminfo.Key) -> Bool {
    !before.has(.line(key)) && !after.has(.line(key))
  }

  /// Every kernel prints them.
  private static let always: [Meminfo.Key] = [.memTotal, .memFree, .active, .inactive]

  /// What all kernels since a release print whose memory isn't the kernel's own; unreclaimable slab
  /// stands among them since half of its caches are held for programs.
  private static let needed: [Meminfo.Key] = [
    .anonPages, .unevictable, .shmem, .sReclaimable, .sUnreclaim, .kReclaimable, .kernelStack,
    .pageTables,
  ]

  /// The release that prints a line first, as 10,000 × major + 100 × minor + patch (fs/proc/meminfo.c).
  private static let releases: KeyValuePairs<Meminfo.Key, Int> = [
    .anonPages: 20618, .pageTables: 20618, .bounce: 20618, .sReclaimable: 20619,
    .sUnreclaim: 20619, .writebackTmp: 20626, .unevictable: 20628, .activeFile: 20628,
    .inactiveFile: 20628, .shmem: 20632, .kernelStack: 20632, .memAvailable: 31400,
    .percpu: 41900, .hugetlb: 41900, .kReclaimable: 42000, .secPageTables: 60100,
    .balloon: 61600, .gpuActive: 70100, .gpuReclaim: 70100,
  ]
}
