package import KmemParsers
import KmemSnapshot

extension Ledger {
  /// Kernel stacks lie inside vmalloc memory on kernels with VMAP_STACK: they are a class of their
  /// own, and vmalloc is what remains.
  mutating func enterVmalloc() {
    let stacks = bytes("KernelStack")
    let shadows = bytes("ShadowCallStack")
    enter(.kernelStacks, stacks, from: "meminfo: KernelStack")
    enterIfPrinted(.shadowCallStacks, shadows, from: "meminfo: ShadowCallStack")
    let (pages, origin) = vmallocPages()
    guard let pages else { return enter(.vmalloc, missing: missingVmalloc, from: origin) }
    guard stacksAreMapped, let inside = sum(stacks, shadows) else {
      return enter(.vmalloc, pages, from: origin)
    }
    enter(.vmalloc, difference(pages, inside), from: "\(origin) − kernel stacks")
  }

  /// The RAM behind vmalloc areas.
  ///
  /// VmallocUsed is that since 5.3. From 4.4 to 5.2 it is always 0, and before it is address space,
  /// I/O mappings included; VmallocChunk was printed with a value only then.
  private func vmallocPages() -> (Int64?, String) {
    let used = bytes("VmallocUsed")
    if let used, used > 0, bytes("VmallocChunk") ?? 0 == 0 { return (used, "meminfo: VmallocUsed") }
    return (vmallocinfoPages, "vmallocinfo: Σ pages of vmalloc areas")
  }

  private var vmallocinfoPages: Int64? {
    guard let areas = snapshot.vmallocinfo.value?.areas else { return nil }
    let pages = areas.filter(\.isMemory).reduce(UInt64(0)) {
      $0.plus($1.pages ?? 0)
    }
    return inBytes(pages: pages)
  }

  private var missingVmalloc: Missing {
    let why = snapshot.vmallocinfo.missing?.words ?? "no areas"
    return Missing(
      .notPrinted, "this kernel's VmallocUsed is no amount of memory, and vmallocinfo is \(why)")
  }

  /// Whether kernel stacks are vmalloc areas: by the configuration, else by an area whose caller
  /// makes stacks, else taken for granted where VmallocUsed counts pages (5.3 and later).
  private var stacksAreMapped: Bool {
    if let config = snapshot.config.value { return config["VMAP_STACK"] == .yes }
    if let areas = snapshot.vmallocinfo.value?.areas {
      return areas.contains { $0.caller.map(VmallocCaller.makesStacks) ?? false }
    }
    return bytes("VmallocUsed") ?? 0 >= bytes("KernelStack") ?? 0
  }
}

extension Vmallocinfo.Area {
  /// Whether the area is RAM of its own: not an I/O mapping, nor a second mapping of other pages,
  /// nor one that is already given back.
  package var isMemory: Bool {
    flags.contains(.vmalloc) && !flags.contains(.unpurged) && !flags.contains(.lowmem)
  }
}
