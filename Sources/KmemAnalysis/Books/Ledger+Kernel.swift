import KmemParsers
import KmemSnapshot

extension Ledger {
  /// Slab without the caches that hold kmemleak's own records.
  mutating func enterSlab() {
    let reclaimable = bytes(.sReclaimable)
    let instrumentation = DebugOverhead(snapshot)
    let own = container == nil ? instrumentation.slab : 0
    if reclaimable == nil, bytes(.sUnreclaim) == nil, let slab = bytes(.slab) {
      enter(.slabUnreclaimable, slab, from: .meminfo([.slab], including: .reclaimable))
    } else {
      enter(.slabReclaimable, reclaimable, from: .meminfo([.sReclaimable]))
      enter(
        .slabUnreclaimable,
        difference(bytes(.sUnreclaim), own) ?? bytes(.sUnreclaim),
        from: .meminfo([.sUnreclaim], less: own == 0 ? [] : [.kmemleakCaches]))
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
  mutating func enterPercpu() {
    guard let percpu = bytes(.percpu) else { return }
    enter(.percpu, percpu, from: .meminfo([.percpu], including: .firstChunk))
    if percpu > 0 { notes.append(.percpuFirstChunk) }
  }

  mutating func enterRare() {
    enterIfPrinted(.bounce, bytes(.bounce), from: .meminfo([.bounce]))
    enterIfPrinted(.writebackTemp, bytes(.writebackTmp), from: .meminfo([.writebackTmp]))
    enterIfPrinted(
      .hardwareCorrupted, bytes(.hardwareCorrupted), from: .meminfo([.hardwareCorrupted]))
    enterIfPrinted(.zspages, pages(vmstat: .zspages), from: .vmstat(.zspages))
    enterIfPrinted(.gpuActive, bytes(.gpuActive), from: .meminfo([.gpuActive]))
    enterIfPrinted(.gpuReclaim, bytes(.gpuReclaim), from: .meminfo([.gpuReclaim]))
    enterIfPrinted(.memoryMap, pages(vmstat: .memmapPages), from: .vmstat(.memmapPages))
    if let balloon = bytes(.balloon), balloon > 0 { notes.append(.balloon(bytes: balloon)) }
  }
}
