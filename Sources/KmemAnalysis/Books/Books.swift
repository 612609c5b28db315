package import KmemParsers
package import KmemSnapshot

/// Every byte of MemTotal in one class; what is left is `unaccounted`.
///
/// The kernel has no such list. It is put together from meminfo, zoneinfo, vmstat, slabinfo and
/// vmallocinfo so that no page is in two classes, as far as these files allow.
package struct Books: Hashable, Sendable {
  /// One class with its amount, or the reason why it has none.
  package struct Line: Hashable, Sendable {
    /// The class.
    package let memoryClass: MemoryClass
    /// Bytes; signed for the classes that are differences.
    package let bytes: Int64?
    /// Why there is no amount, where there is none.
    package let missing: MissingAmount?
    /// Which values of which files it is made of.
    package let origin: Origin
    /// Whether the amount is the most that it can be: the truth is this or less.
    package var isUpperBound = false
    /// The most by which rounding may have made the amount wrong, in bytes; 0 for the kernel's own
    /// files.
    package var error: Int64 = 0
  }

  /// MemTotal in bytes.
  package let total: Int64
  /// The classes of this kernel in the order in which they are entered; `unaccounted` is the last.
  package private(set) var lines: [Line]
  /// What a reader must know of these books: double counts that can't be taken apart, guesses.
  package let notes: [Note]
  /// Whether only sums are known, as `free` prints them: neither what programs have nor what the kernel
  /// has is told apart from the rest.
  package let isOfSums: Bool

  /// The line of a class; nothing where this kernel has no such class.
  package subscript(memoryClass: MemoryClass) -> Line? {
    lines.first { $0.memoryClass == memoryClass }
  }

  /// The sum of a side's classes, in bytes.
  package func bytes(_ side: MemorySide) -> Int64 {
    lines.filter { $0.memoryClass.side == side }
      .reduce(0) { $0.plus($1.bytes ?? 0) }
  }

  /// Balances the books of a snapshot; nothing without a MemTotal.
  package init?(_ snapshot: Snapshot) {
    guard let total = snapshot.meminfo.value?[.memTotal]?.bytes, total > 0,
      let ledger = Ledger(snapshot)
    else { return nil }
    self.total = total
    lines = ledger.lines
    notes = ledger.notes
    isOfSums = snapshot.tellsSumsOnly
    let known = lines.reduce(Int64(0)) { $0.plus($1.bytes ?? 0) }
    lines.append(
      Line(
        memoryClass: .unaccounted, bytes: total.minus(known),
        missing: nil, origin: .rest))
  }

  /// The bytes that classes count too much at most, since some amounts are the most that they can be.
  package var excess: Int64 {
    lines.filter(\.isUpperBound).reduce(0) { $0.plus($1.bytes ?? 0) }
  }

  /// The classes of a snapshot without what is in none; a meminfo without a MemTotal tells them too.
  static func classes(_ snapshot: Snapshot) -> [Line] { Ledger(snapshot)?.lines ?? [] }

  /// What makes books inexact.
  package enum Note: Hashable, Sendable {
    /// Percpu counts its first chunk, which lies outside MemTotal.
    case percpuFirstChunk
    /// The cache of ZFS holds so many bytes, of which others than those of its class are slab.
    case zfsArc(size: Int64, pages: Int64)
    /// The cache of ZFS holds so many bytes, which vmalloc counts already.
    case zfsArcInVmalloc(size: Int64)
    /// A balloon holds so many bytes, which most drivers take out of MemTotal and some don't.
    case balloon(bytes: Int64)
  }
}

/// Why a class of memory has no amount.
package enum MissingAmount: Hashable, Sendable {
  /// This kernel doesn't print it, or prints what is no amount.
  case notPrinted
  /// The report in a kernel log doesn't have it: the kernel printed none, or the line is missing.
  case notReported
  /// A tool printed the text, and leaves it out.
  case notInText
  /// meminfo is a container's, and this amount is known of its host only.
  case hostOnly
  /// Lines of meminfo that it is made of are missing.
  case lines([Meminfo.Key])
  /// The file that counts it is missing.
  case source(Missing)
  /// VmallocUsed is no amount of memory on this kernel, and the areas don't tell it either; `areas`
  /// is why they are missing, where they are.
  case vmalloc(areas: Missing?)
}
