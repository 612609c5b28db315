import KmemParsers
package import KmemSnapshot

/// Every byte of MemTotal in one class; what is left is `unaccounted`.
///
/// The kernel has no such list. It is put together from meminfo, zoneinfo, vmstat, slabinfo and
/// vmallocinfo so that no page is in two classes, as far as these files allow.
package struct Books: Hashable, Sendable {
  /// One class with its amount, or the reason why it has none.
  package struct Line: Hashable, Sendable {
    package let memoryClass: MemoryClass
    /// Bytes; signed for the classes that are differences.
    package let bytes: Int64?
    /// Why there is no amount, where there is none.
    package let missing: MissingAmount?
    /// Which values of which files it is made of.
    package let origin: Origin
  }

  /// MemTotal in bytes.
  package let total: Int64
  package private(set) var lines: [Line]
  /// What a reader must know of these books: double counts that can't be taken apart, guesses.
  package let notes: [Note]

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
    guard let meminfo = snapshot.meminfo.value, let total = meminfo[.memTotal]?.bytes, total > 0
    else { return nil }
    var ledger = Ledger(snapshot: snapshot, meminfo: meminfo)
    ledger.enterAll()
    self.total = total
    lines = ledger.lines
    notes = ledger.notes
    let known = lines.reduce(Int64(0)) { $0.plus($1.bytes ?? 0) }
    lines.append(
      Line(
        memoryClass: .unaccounted, bytes: total.minus(known),
        missing: nil, origin: .rest))
  }

  /// What makes books inexact.
  package enum Note: Hashable, Sendable {
    /// Percpu counts its first chunk, which lies outside MemTotal.
    case percpuFirstChunk
    /// A balloon holds so many bytes, which most drivers take out of MemTotal and some don't.
    case balloon(bytes: Int64)
  }
}
