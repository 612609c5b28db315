package import KmemParsers
import KmemSnapshot

/// A file that isn't as complete as the kernel prints it.
///
/// Nothing is said of what isn't in it, and nothing "stands out" only in what is there.
package struct SourceGap: Hashable, Sendable {
  /// The source's path: `proc/slabinfo`.
  package let path: String
  /// What is missing.
  package let kind: Kind

  /// What is missing of a file.
  package enum Kind: Hashable, Sendable {
    /// Lines of meminfo that this program computes with.
    case lines(MeminfoCompleteness)
    /// A tool prints sums in place of meminfo.
    case sums(KernelFile)
    /// The reader or the copy ended before the file did.
    case truncated
    /// The line that names the columns or the version.
    case header
    /// The last cache that every kernel lists; the last one that is there.
    case tail(last: String)
    /// Both ends of a list, of which so many rows are there.
    case ends(rows: Int)
    /// A table that somebody made, of so many rows.
    case table(rows: Int)
    /// Rows in the middle of a list, in whose place somebody put an ellipsis.
    case middle(rows: Int)
    /// A tool listed so many caches of all that there are, as far as their number is known.
    case listed(Int, of: UInt64?)
    /// What belongs to a zone, by the zone's name.
    case zone(String)
    /// Zones that another file lists.
    case zones([String])
    /// All from a line on.
    case from(String)
    /// A part of what another file counts, in bytes.
    case part(Int64, of: Int64)
  }
}

extension SourceGap {
  /// What is missing of the files of a snapshot; a file that isn't there at all isn't among them.
  static func all(_ snapshot: Snapshot) -> [SourceGap] {
    let known =
      [meminfo(snapshot), slabinfo(snapshot), zoneinfo(snapshot), buddyinfo(snapshot)]
      + [vmallocinfo(snapshot), allocinfo(snapshot), arcstats(snapshot)]
    let gaps = known.compactMap { $0 }
    let paths = Set(gaps.map(\.path))
    return gaps
      + snapshot.coverage.notRead.filter { $0.outcome == .truncated && !paths.contains($0.path) }
      .filter { Self.judged.contains($0.path) }.map { SourceGap(path: $0.path, kind: .truncated) }
  }

  /// The files on which the judgement of one moment rests.
  private static let judged: Set<String> = [
    Meminfo.path, Slabinfo.path, Zoneinfo.path, Buddyinfo.path, Vmallocinfo.path, Allocinfo.path,
    Vmstat.path,
  ]

  private static func meminfo(_ snapshot: Snapshot) -> SourceGap? {
    guard let completeness = snapshot.meminfoCompleteness, !completeness.missed.isEmpty else {
      return nil
    }
    let tool = snapshot.standIns.first { $0.file == Meminfo.file }
    if let tool, snapshot.tellsSumsOnly {
      return SourceGap(path: Meminfo.path, kind: .sums(tool.form))
    }
    return SourceGap(path: Meminfo.path, kind: .lines(completeness))
  }

  /// `kmem_cache` is the first cache that a kernel makes, and the newest come first: it is the last one
  /// of every whole list, with SLAB as with SLUB.
  private static func slabinfo(_ snapshot: Snapshot) -> SourceGap? {
    guard let slabinfo = snapshot.slabinfo.value, let last = slabinfo.caches.last?.name else {
      return nil
    }
    if let excerpt = slabinfo.excerpt {
      let isWhole = excerpt.cacheCount.map { $0 <= slabinfo.caches.count } ?? false
      return isWhole
        ? nil
        : SourceGap(
          path: Slabinfo.path,
          kind: .listed(slabinfo.caches.count, of: excerpt.cacheCount))
    }
    if snapshot.standIns.contains(where: { $0.form == SlabTable.file }), last != "kmem_cache" {
      return SourceGap(path: Slabinfo.path, kind: .table(rows: slabinfo.caches.count))
    }
    let kind: Kind? =
      switch (slabinfo.hasHeader, last == "kmem_cache") {
      case (true, true) where slabinfo.hasGap: .middle(rows: slabinfo.caches.count)
      case (true, true): nil
      case (false, true): .header
      case (true, false): .tail(last: last)
      case (false, false): .ends(rows: slabinfo.caches.count)
      }
    return kind.map { SourceGap(path: Slabinfo.path, kind: $0) }
  }

  /// The last line of a zone that has memory is `start_pfn`, or `inactive_ratio` behind it.
  private static func zoneinfo(_ snapshot: Snapshot) -> SourceGap? {
    let zone = snapshot.zoneinfo.value?.zones.first {
      $0.isPopulated && $0.counter("start_pfn") == nil
    }
    return zone.map { SourceGap(path: Zoneinfo.path, kind: .zone("\($0.node) \($0.name)")) }
  }

  /// All zones have as many orders, and are those of zoneinfo that have memory.
  private static func buddyinfo(_ snapshot: Snapshot) -> SourceGap? {
    guard let rows = snapshot.buddyinfo.value?.rows else { return nil }
    let orders = rows.map(\.freeBlocks.count).max() ?? 0
    if let cut = rows.first(where: { $0.freeBlocks.count < orders }) {
      return SourceGap(path: Buddyinfo.path, kind: .zone("\(cut.node) \(cut.zone)"))
    }
    let listed = Set(rows.map { "\($0.node) \($0.zone)" })
    let zones = snapshot.zoneinfo.value?.zones.filter(\.isPopulated) ?? []
    let lacking = zones.map { "\($0.node) \($0.name)" }.filter { !listed.contains($0) }
    return lacking.isEmpty ? nil : SourceGap(path: Buddyinfo.path, kind: .zones(lacking))
  }

  /// Less than four fifths of what meminfo counts, and more than 16 MiB less: both are read one after
  /// the other, and areas come and go.
  private static func vmallocinfo(_ snapshot: Snapshot) -> SourceGap? {
    let check = CrossCheck.all(snapshot, usage: nil).first { $0.sums == .vmallocCallers }
    guard let check, check.gap > 16 << 20, check.partsBytes < check.wholeBytes / 5 * 4 else {
      return nil
    }
    return SourceGap(
      path: Vmallocinfo.path, kind: .part(check.partsBytes, of: check.wholeBytes))
  }

  /// How much the cache of ZFS holds stands in the middle of the file.
  private static func arcstats(_ snapshot: Snapshot) -> SourceGap? {
    guard let arcstats = snapshot.arcstats.value, arcstats[.size] == nil else { return nil }
    return SourceGap(path: Arcstats.path, kind: .from("size"))
  }

  private static func allocinfo(_ snapshot: Snapshot) -> SourceGap? {
    guard let allocinfo = snapshot.allocinfo.value, allocinfo.version == nil else { return nil }
    return SourceGap(path: Allocinfo.path, kind: .header)
  }
}

extension MeminfoCompleteness {
  /// The lines that this program computes with and that are missing; where the end of the file was cut
  /// and none of them is sure to be, those that may be.
  package var missed: [String] {
    let sure = lost.filter { Meminfo.Key(rawValue: $0) != nil }
    guard sure.isEmpty, case .cut = extent else { return sure }
    return doubtful.filter { Meminfo.Key(rawValue: $0) != nil }
  }

  /// Whether the lines of `missed` are sure to be missing.
  package var isSure: Bool { missed.first.map(lost.contains) ?? true }
}
