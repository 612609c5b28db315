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
    /// Why there is no amount: `not printed` by this kernel, or a source that could not be read.
    package let missing: String?
    /// Which values of which files it is made of.
    package let origin: String
  }

  /// MemTotal in bytes.
  package let total: Int64
  package private(set) var lines: [Line]
  /// What a reader must know of these books: double counts that can't be taken apart, guesses.
  package let notes: [String]

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
    guard let meminfo = snapshot.meminfo.value, let total = meminfo["MemTotal"]?.bytes, total > 0
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
        missing: nil, origin: "MemTotal less all other classes"))
  }
}
