import KmemParsers
import KmemSnapshot

extension Ledger {
  /// Slab without the caches that hold kmemleak's own records.
  ///
  /// `Slab` is the sum of the other two lines, so that any two of them tell the third.
  mutating func enterSlab() {
    let reclaimable = bytes(.sReclaimable) ?? difference(bytes(.slab), bytes(.sUnreclaim))
    let instrumentation = DebugOverhead(snapshot)
    let own = container == nil ? instrumentation.slab : 0
    if reclaimable == nil, bytes(.sUnreclaim) == nil, let slab = bytes(.slab) {
      enter(.slabUnreclaimable, slab, from: .meminfo([.slab], including: .reclaimable))
    } else {
      enter(
        .slabReclaimable, reclaimable,
        from: bytes(.sReclaimable) == nil && reclaimable != nil
          ? .meminfo([.slab], less: [.line(.sUnreclaim)]) : .meminfo([.sReclaimable]))
      let printed = bytes(.sUnreclaim)
      let rest = printed ?? difference(bytes(.slab), reclaimable)
      let origin: (line: Meminfo.Key, less: [Books.Part]) =
        printed == nil && rest != nil ? (.slab, [.line(.sReclaimable)]) : (.sUnreclaim, [])
      enter(
        .slabUnreclaimable, difference(rest, own) ?? rest,
        from: .meminfo([origin.line], less: origin.less + (own == 0 ? [] : [.kmemleakCaches])))
    }
    enterIfPrinted(
      .kernelMiscReclaimable, difference(bytes(.kReclaimable), reclaimable),
      from: .meminfo([.kReclaimable], less: [.line(.sReclaimable)]))
    if instrumentation.total > 0, container == nil {
      enter(.instrumentation, instrumentation.total, from: instrumentation.origin)
    }
  }

  mutating func enterPageTables() {
    enter(.pageTables, bytes(.pageTables), from: .meminfo([.pageTables]))
    enterIfPrinted(.secPageTables, bytes(.secPageTables), from: .meminfo([.secPageTables]))
    enterIfPrinted(.quicklists, bytes(.quicklists), from: .meminfo([.quicklists]))
  }

  /// Percpu (since 4.19) counts the first chunk too, which boot memory holds outside MemTotal.
  ///
  /// Without that line the chunks' areas in vmallocinfo are what it is at most: their pages are taken
  /// when they are needed. `pcpu_get_vm_areas` adds no guard page, so an area is a chunk's whole size.
  mutating func enterPercpu() {
    guard let percpu = bytes(.percpu) else {
      guard let areas = snapshot.vmallocinfo.value?.percpuAreas, areas.count > 0 else { return }
      return enterIfPrinted(.percpu, areas.bytes, from: .percpuAreas, isUpperBound: true)
    }
    enter(.percpu, percpu, from: .meminfo([.percpu], including: .firstChunk))
    if percpu > 0 { notes.append(.percpuFirstChunk) }
  }

  mutating func enterRare() {
    enterIfPrinted(.bounce, bytes(.bounce), from: .meminfo([.bounce]))
    enterIfPrinted(.writebackTemp, bytes(.writebackTmp), from: .meminfo([.writebackTmp]))
    enterIfPrinted(
      .hardwareCorrupted, bytes(.hardwareCorrupted), from: .meminfo([.hardwareCorrupted]))
    enterCompressed()
    enterArc()
    enterIfPrinted(.gpuActive, bytes(.gpuActive), from: .meminfo([.gpuActive]))
    enterIfPrinted(.gpuReclaim, bytes(.gpuReclaim), from: .meminfo([.gpuReclaim]))
    enterIfPrinted(.memoryMap, pages(vmstat: .memmapPages), from: .vmstat(.memmapPages))
    if let balloon = bytes(.balloon), balloon > 0 { notes.append(.balloon(bytes: balloon)) }
  }
}
