import KmemParsers
import KmemSnapshot

extension Ledger {
  /// Slab without the caches that hold kmemleak's own records.
  mutating func enterSlab() {
    let reclaimable = bytes("SReclaimable")
    let instrumentation = InstrumentationShare(snapshot)
    let own = container == nil ? instrumentation.slab : 0
    if reclaimable == nil, let slab = bytes("Slab") {
      enter(.slabUnreclaimable, slab, from: "meminfo: Slab, reclaimable included")
    } else {
      enter(.slabReclaimable, reclaimable, from: "meminfo: SReclaimable")
      enter(
        .slabUnreclaimable,
        difference(bytes("SUnreclaim"), own) ?? bytes("SUnreclaim"),
        from: own == 0
          ? "meminfo: SUnreclaim" : "meminfo: SUnreclaim − caches of kmemleak's own")
    }
    enterIfPrinted(
      .kernelMiscReclaimable, difference(bytes("KReclaimable"), reclaimable),
      from: "meminfo: KReclaimable − SReclaimable")
    if instrumentation.total > 0, container == nil {
      enter(.instrumentation, instrumentation.total, from: instrumentation.origin)
    }
  }

  mutating func enterPageTables() {
    enter(.pageTables, bytes("PageTables"), from: "meminfo: PageTables")
    enterIfPrinted(.secPageTables, bytes("SecPageTables"), from: "meminfo: SecPageTables")
    enterIfPrinted(.quicklists, bytes("Quicklists"), from: "meminfo: Quicklists")
  }

  /// Percpu (since 4.19) counts the first chunk too, which boot memory holds outside MemTotal.
  mutating func enterPercpu() {
    let note = "Percpu counts its first chunk, which lies outside MemTotal: up to that chunk's size"
    if let percpu = bytes("Percpu") {
      enter(.percpu, percpu, from: "meminfo: Percpu, its first chunk included")
      if percpu > 0 { notes.append(note + " unaccounted reads too low") }
    }
  }

  mutating func enterRare() {
    enterIfPrinted(.bounce, bytes("Bounce"), from: "meminfo: Bounce")
    enterIfPrinted(.writebackTemp, bytes("WritebackTmp"), from: "meminfo: WritebackTmp")
    enterIfPrinted(
      .hardwareCorrupted, bytes("HardwareCorrupted"), from: "meminfo: HardwareCorrupted")
    enterIfPrinted(.zspages, pages(vmstat: "nr_zspages"), from: "vmstat: nr_zspages")
    enterIfPrinted(.gpuActive, bytes("GPUActive"), from: "meminfo: GPUActive")
    enterIfPrinted(.gpuReclaim, bytes("GPUReclaim"), from: "meminfo: GPUReclaim")
    enterIfPrinted(.memoryMap, pages(vmstat: "nr_memmap_pages"), from: "vmstat: nr_memmap_pages")
    if let balloon = bytes("Balloon"), balloon > 0 {
      notes.append(
        "Balloon holds \(balloon / 1024) KiB; most drivers take it out of MemTotal, so it is not "
          + "subtracted: where one doesn't, it shows as unaccounted")
    }
  }
}
