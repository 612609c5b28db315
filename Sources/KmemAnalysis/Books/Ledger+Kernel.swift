import KmemParsers
import KmemSnapshot

extension Ledger {
  /// Slab without the caches that hold kmemleak's own records.
  mutating func enterSlab() {
    let reclaimable = bytes("SReclaimable")
    let instrumentation = DebugOverhead(snapshot)
    let own = container == nil ? instrumentation.slab : 0
    if reclaimable == nil, let slab = bytes("Slab") {
      enter(.slabUnreclaimable, slab, from: .meminfo(["Slab"], including: .reclaimable))
    } else {
      enter(.slabReclaimable, reclaimable, from: .meminfo(["SReclaimable"]))
      enter(
        .slabUnreclaimable,
        difference(bytes("SUnreclaim"), own) ?? bytes("SUnreclaim"),
        from: .meminfo(["SUnreclaim"], less: own == 0 ? [] : [.kmemleakCaches]))
    }
    enterIfPrinted(
      .kernelMiscReclaimable, difference(bytes("KReclaimable"), reclaimable),
      from: .meminfo(["KReclaimable"], less: [.line("SReclaimable")]))
    if instrumentation.total > 0, container == nil {
      enter(.instrumentation, instrumentation.total, from: instrumentation.origin)
    }
  }

  mutating func enterPageTables() {
    enter(.pageTables, bytes("PageTables"), from: .meminfo(["PageTables"]))
    enterIfPrinted(.secPageTables, bytes("SecPageTables"), from: .meminfo(["SecPageTables"]))
    enterIfPrinted(.quicklists, bytes("Quicklists"), from: .meminfo(["Quicklists"]))
  }

  /// Percpu (since 4.19) counts the first chunk too, which boot memory holds outside MemTotal.
  mutating func enterPercpu() {
    guard let percpu = bytes("Percpu") else { return }
    enter(.percpu, percpu, from: .meminfo(["Percpu"], including: .firstChunk))
    if percpu > 0 { notes.append(.percpuFirstChunk) }
  }

  mutating func enterRare() {
    enterIfPrinted(.bounce, bytes("Bounce"), from: .meminfo(["Bounce"]))
    enterIfPrinted(.writebackTemp, bytes("WritebackTmp"), from: .meminfo(["WritebackTmp"]))
    enterIfPrinted(
      .hardwareCorrupted, bytes("HardwareCorrupted"), from: .meminfo(["HardwareCorrupted"]))
    enterIfPrinted(.zspages, pages(vmstat: "nr_zspages"), from: .vmstat("nr_zspages"))
    enterIfPrinted(.gpuActive, bytes("GPUActive"), from: .meminfo(["GPUActive"]))
    enterIfPrinted(.gpuReclaim, bytes("GPUReclaim"), from: .meminfo(["GPUReclaim"]))
    enterIfPrinted(.memoryMap, pages(vmstat: "nr_memmap_pages"), from: .vmstat("nr_memmap_pages"))
    if let balloon = bytes("Balloon"), balloon > 0 { notes.append(.balloon(bytes: balloon)) }
  }
}
