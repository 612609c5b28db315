package import KmemParsers
import KmemSnapshot

extension Ledger {
  /// Kernel stacks lie inside vmalloc memory on kernels with VMAP_STACK: they are a class of their
  /// own, and vmalloc is what remains.
  mutating func enterVmalloc() {
    let stacks = bytes(.kernelStack)
    let shadows = bytes(.shadowCallStack)
    enter(.kernelStacks, stacks, from: .meminfo([.kernelStack]))
    enterIfPrinted(.shadowCallStacks, shadows, from: .meminfo([.shadowCallStack]))
    let used = usedVmalloc
    func origin(lessStacks: Bool) -> Books.Origin {
      used == nil
        ? .vmallocAreas(lessStacks: lessStacks)
        : .meminfo([.vmallocUsed], less: lessStacks ? [.kernelStacks] : [])
    }
    guard let pages = used ?? vmallocinfoPages else {
      let lost = snapshot.report == nil ? nil : MissingAmount.notReported
      let missing =
        lost ?? absence(of: [.vmallocUsed]) ?? .vmalloc(areas: snapshot.vmallocinfo.missing)
      return enter(.vmalloc, missing: missing, from: origin(lessStacks: false))
    }
    guard stacksAreMapped, let inside = sum(stacks, shadows) else {
      return enter(.vmalloc, pages, from: origin(lessStacks: false))
    }
    enter(.vmalloc, difference(pages, inside), from: origin(lessStacks: true))
  }

  /// VmallocUsed, where it is the RAM behind vmalloc areas.
  ///
  /// It is that since 5.3. From 4.4 to 5.2 it is always 0, and before it is address space, I/O
  /// mappings included; VmallocChunk was printed with a value only then.
  private var usedVmalloc: Int64? {
    guard let used = bytes(.vmallocUsed), used > 0, bytes(.vmallocChunk) ?? 0 == 0 else {
      return nil
    }
    return used
  }

  private var vmallocinfoPages: Int64? {
    guard let areas = snapshot.vmallocinfo.value?.areas else { return nil }
    let pages = areas.filter(\.isMemory).reduce(UInt64(0)) {
      $0.plus($1.pages ?? 0)
    }
    return inBytes(pages: pages)
  }

  /// Whether kernel stacks are vmalloc areas: by the configuration, else by an area whose caller
  /// makes stacks, else taken for granted where VmallocUsed counts pages (5.3 and later).
  private var stacksAreMapped: Bool {
    if let config = snapshot.config.value { return config["VMAP_STACK"] == .yes }
    if let areas = snapshot.vmallocinfo.value?.areas {
      return areas.contains { $0.caller.map(VmallocCaller.makesStacks) ?? false }
    }
    return bytes(.vmallocUsed) ?? 0 >= bytes(.kernelStack) ?? 0
  }
}

extension Vmallocinfo.Area {
  /// Whether the area is RAM of its own: not an I/O mapping, nor a second mapping of other pages,
  /// nor one that is already given back.
  package var isMemory: Bool {
    flags.contains(.vmalloc) && !flags.contains(.unpurged) && !flags.contains(.lowmem)
  }
}
