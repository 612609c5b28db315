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
    let newest = Self.telling.filter { !isMissing($0) }.compactMap { Self.releases[$0] }.max()
    let cut = Self.needed.filter { key in
      guard isMissing(key), let newest, let first = Self.releases[key] else { return false }
      return first <= newest
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

  /// The first releases of the lines that the program uses.
  private static let releases = Dictionary(
    uniqueKeysWithValues: Meminfo.knownLines.compactMap { line in
      Meminfo.Key(rawValue: line.name).map { ($0, line.since) }
    })

  /// The lines by which the release is told at least: those that every kernel prints from one on.
  private static let telling = Meminfo.knownLines.filter { $0.printed == .always }
    .compactMap { Meminfo.Key(rawValue: $0.name) }
}
