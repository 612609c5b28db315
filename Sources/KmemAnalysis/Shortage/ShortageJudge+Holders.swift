import KmemParsers

/// Who held memory, and what the kernel's own part of it is.
extension ShortageJudge {
  /// Who held most.
  var held: ShortageVerdict.Cause {
    // Who has less than a tenth of memory didn't take it all, unless only some zones count.
    guard let largest,
      isLimited || largest.part ?? 1 >= 0.1 && largest.bytes >= hidden
    else { return .unknown }
    // Of how much of memory that was isn't known: then the others' numbers must be there.
    if largest.part == nil {
      let knowsOthers = largest.memoryClass.side == .userSpace ? knowsSlab : knowsPrograms
      guard knowsOthers, largest.bytes >= free else { return .unknown }
    }
    switch largest.memoryClass.side {
    case .debugging, .kernel, .unaccounted: return kernel(largest)
    case .cache where largest.tie != nil: return .userSpace(largest)
    case .cache: return .cache(largest, dirty: dirty)
    case .userSpace, .heldForUserSpace, .free: return .userSpace(largest)
    }
  }

  /// Bytes of memory that the log has with nobody, as lines are missing: who has less may not be the largest.
  private var hidden: Int64 {
    guard let total else { return 0 }
    let free = Int64(pages: report.counter("free"), of: pageSize) ?? 0
    return holders.reduce(total.minus(free)) { $0.minus($1.bytes) }
  }

  /// Free bytes, than which nobody who is named holds less: where they aren't printed, no more than RAM without
  /// what is held; where caches are listed slab is more than programs have, however much was free.
  private var free: Int64 {
    if let free = Int64(pages: report.counter("free"), of: pageSize) { return free }
    guard report.slabs.isEmpty else { return 0 }
    guard let most = Int64(pages: report.printedRAM, of: pageSize) else { return .max }
    return holders.reduce(most) { $0.minus($1.bytes) }
  }

  /// Whether what programs held is told, or need not be: caches are listed only where slab is more than
  /// that (`should_dump_unreclaim_slab()` in `mm/oom_kill.c`).
  private var knowsPrograms: Bool {
    !report.slabs.isEmpty
      || [["active_anon", "inactive_anon"], ["active", "inactive"]].contains { lists in
        lists.allSatisfy { report.counter($0) != nil }
      }
  }

  /// Whether what slab held is told; up to 2.6.17 both kinds were one.
  private var knowsSlab: Bool {
    ["slab_unreclaimable", "slab"].contains { report.counter($0) != nil }
  }

  /// What the kernel holds, or a debugging tool in it: whose records are half of that or more.
  func kernel(_ holder: Shortage.Holder) -> ShortageVerdict.Cause {
    let isDebugging = holder.memoryClass.side == .debugging
    if isDebugging || debugCache.map({ $0.bytes >= holder.bytes / 2 }) ?? false {
      return .debugging(holder, cache: debugCache)
    }
    return .kernel(holder, cache: ownCache(of: holder), site: site)
  }

  /// The largest holder; in zones that only the kernel may use, the largest of the kernel's.
  private var largest: Shortage.Holder? {
    guard isLimited else { return holders.first }
    return holders.first {
      [.kernel, .debugging].contains($0.memoryClass.side) || $0.memoryClass == .kernelStacks
    } ?? holders.first
  }

  /// Whether what other zones have was out of reach.
  private var isLimited: Bool {
    if case .zones? = unusable?.obstacle { return true }
    return false
  }

  private var caches: [(amount: NamedAmount<String>, side: MemorySide)] {
    report.slabs.map {
      (
        NamedAmount(name: $0.name, bytes: Int64(clamping: $0.total), count: 1),
        MemorySide(ofCache: $0.name, isReclaimable: false)
      )
    }
  }

  private var debugCache: NamedAmount<String>? { caches.first { $0.side == .debugging }?.amount }

  /// The largest cache, where slab is what holds most, and it is a tenth of it.
  private func ownCache(of holder: Shortage.Holder) -> NamedAmount<String>? {
    guard holder.memoryClass == .slabUnreclaimable,
      let first = caches.first(where: { $0.side != .debugging })?.amount,
      first.bytes >= holder.bytes / 10
    else { return nil }
    return first
  }

  /// The line of source that holds most of the kernel's own memory.
  private var site: NamedAmount<AllocationSite>? {
    report.sites.lazy.map {
      NamedAmount(name: AllocationSite($0), bytes: $0.bytes, count: Int64(clamping: $0.calls))
    }.first { $0.name.side == .kernel && $0.name.role == .owner }
  }

  private var dirty: Int64? {
    let pages = (report.counter("dirty") ?? 0).plus(report.counter("writeback") ?? 0)
    return Int64(pages: pages, of: pageSize)
  }
}
