package import KmemSnapshot

extension MemoryAmounts {
  /// Adds all memory in use: what programs can't have any more, swapped memory included.
  ///
  /// Free pages that wait on the processors' own lists aren't in use, though MemAvailable doesn't
  /// count them: the lists of a machine that just booted grow by a tenth of a megabyte a second.
  /// Nothing is added where meminfo wasn't read.
  package mutating func addSystem(_ model: MemoryModel) {
    guard let total = model.snapshot.meminfoBytes("MemTotal"), total > 0,
      // By a bound nobody knows what is in use.
      let available = model.availability, !available.isUpperBound
    else { return }
    let waiting = model.books?[.perCpuFreeLists]?.bytes ?? 0
    let used = max(0, total.minus(available.bytes).minus(waiting))
    add(.system, used.plus(model.snapshot.swapUsed ?? 0))
  }

  /// Adds the counts of what programs make the kernel hold.
  package mutating func addCounts(_ counts: KernelCounts, pageSize: Int64 = 4096) {
    for things in KernelCount.followed {
      if let count = counts[things] { add(.count(things), count) }
    }
    if let pages = counts.socketPages, pages >= 0 {
      add(.count(.socketBuffers), pages.timesClamped(max(1, pageSize / 4096)))
    }
  }

  /// The amounts together with the sums by side, which are computed from them.
  ///
  /// The sums are not stored, so that a recorded sample gives the same as one that was just taken.
  package var withSides: [SeriesID: Int64] {
    let classes = values.compactMap { series, bytes -> (key: MemoryClass, value: Int64)? in
      guard case .memoryClass(let memoryClass) = series else { return nil }
      return (memoryClass, bytes)
    }
    guard !classes.isEmpty else { return values }
    var sides = SideTotals(classes)
    for (series, bytes) in values {
      guard case .slabCache(let name) = series else { continue }
      let isReclaimable = reclaimable[name] ?? CacheMeaning(name: name)?.isReclaimable
      sides.move(
        bytes, isReclaimable: isReclaimable,
        to: MemorySide(ofCache: name, isReclaimable: isReclaimable))
    }
    return values.merging(sides.known.map { (.side($0), sides[$0]) }) { _, side in side }
  }
}
