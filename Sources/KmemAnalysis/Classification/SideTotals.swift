/// Amounts by whose memory it is: those of classes, with the slab caches moved to their own side.
///
/// Slab is two classes, cache and the kernel's; a cache in them may be held for user space, or be
/// cache although it isn't counted as reclaimable.
package struct SideTotals: Hashable, Sendable {
  private var bytes: [MemorySide: Int64] = [:]

  /// Amounts, or growths, of classes that are known, in bytes.
  package init(_ classes: some Sequence<(key: MemoryClass, value: Int64)>) {
    for (memoryClass, amount) in classes {
      bytes[memoryClass.side, default: 0].add(amount)
      if memoryClass == .slabReclaimable { hasReclaimable = true }
    }
  }

  /// Whether reclaimable slab is a class of its own: before 2.6.19 slab was one sum.
  private var hasReclaimable = false

  /// Moves a cache's amount to its own side.
  package mutating func move(_ amount: Int64, isReclaimable: Bool?, to side: MemorySide) {
    let home: MemorySide = isReclaimable == true && hasReclaimable ? .cache : .kernel
    move(amount, from: home, to: side)
  }

  /// Moves an amount from the side that counts it to its own side; `home` is nothing where no class
  /// counts it.
  mutating func move(_ amount: Int64, from home: MemorySide?, to side: MemorySide) {
    // What debugging holds is a class of its own already.
    guard side != .debugging, side != home else { return }
    if let home { bytes[home, default: 0] = (bytes[home] ?? 0).minus(amount) }
    bytes[side, default: 0].add(amount)
  }

  /// The amount on a side in bytes; 0 where nothing is known of it.
  package subscript(side: MemorySide) -> Int64 { bytes[side] ?? 0 }

  /// The sides of which anything is known.
  package var known: [MemorySide] { MemorySide.inUse.filter { bytes[$0] != nil } }

  /// What neither programs nor caches explain.
  package var unexplained: Int64 { self[.kernel].plus(self[.unaccounted]) }
}
