import KmemParsers

extension ShortageVerdict {
  /// What is given back when memory is short.
  private static let reclaimable: Set<MemoryClass> = [
    .pageCache, .slabReclaimable, .kernelMiscReclaimable,
  ]

  /// Judges a report; each rule states its threshold.
  init(
    _ report: MemoryReport, holders: [Shortage.Holder], fit: RequestFit, total: Int64?,
    pageSize: Int64
  ) {
    let judge = ShortageJudge(
      report: report, holders: holders, fit: fit, total: total, pageSize: pageSize)
    let cause = judge.cause
    self.cause = cause
    unusable = judge.unusable
    let named = cause.holder?.memoryClass
    // A fifth of memory is what nobody overlooks.
    beside = holders.first {
      $0.memoryClass != named && $0.part ?? 0 >= 0.2
        && ($0.tie != nil || !Self.reclaimable.contains($0.memoryClass))
    }
  }
}

extension ShortageVerdict.Cause {
  /// Who is named.
  package var holder: Shortage.Holder? {
    switch self {
    case .userSpace(let holder), .kernel(let holder, _, _), .debugging(let holder, _),
      .cache(let holder, _):
      holder
    case .asked(let holder): holder
    case .cgroup, .fragmentation, .unusable, .met, .madeRoom, .pageFault, .vmalloc, .vmallocEarly,
      .vmallocPages, .cmaFull, .kernelZones, .unknown:
      nil
    }
  }
}

/// Finds the cause of one report.
struct ShortageJudge {
  let report: MemoryReport
  let holders: [Shortage.Holder]
  let fit: RequestFit
  let total: Int64?
  let pageSize: Int64

  var cause: ShortageVerdict.Cause {
    if isOfCgroup { return .cgroup(CgroupShortage(report.cgroup, pageSize: pageSize)) }
    if report.trigger == .askedToShow || report.trigger == .askedToKill {
      return .asked(holders.first)
    }
    if report.trigger == .madeRoom { return .madeRoom(reason: report.reason) }
    if let asked { return asked }
    guard report.memory.isPrinted || !report.slabs.isEmpty else { return .unknown }
    if let nodes { return .unusable(nodes) }
    if isMet { return .met(free: fit.free) }
    if isOfPageFault { return .pageFault(holders.first) }
    if isFragmented { return fragmentation }
    if let filling { return kernel(filling) }
    if let unusable, unusable.obstacle != .reserve, !isKernelIn(unusable), !isLittleCMA(unusable) {
      return .unusable(unusable)
    }
    let held = held
    if case .unknown = held { return ofZonesAlone ?? held }
    return held
  }

  /// What zones tell of which the lines were quoted, and of all memory none.
  ///
  /// Since 4.8 zones don't tell slab: what is neither free nor on a list is the kernel's, or in huge pages.
  private var ofZonesAlone: ShortageVerdict.Cause? {
    guard report.trigger != nil, report.failure == nil, !isMet else { return nil }
    if isFragmented { return fragmentation }
    if isOnlyCMA || fit.reserve > 0, let unusable { return .unusable(unusable) }
    guard let bytes = fit.kernelBytes, fit.managed > 0, bytes >= fit.managed / 2,
      report.memory.hugePages.allSatisfy({ $0.total == 0 })
    else { return nil }
    return .kernelZones(bytes: bytes, managed: fit.managed, names: fit.names)
  }

  private var fragmentation: ShortageVerdict.Cause {
    let left = fit.zones.reduce(Int64(0)) { $0.plus($1.inBlocks ?? 0) }
    return .fragmentation(
      order: fit.order, free: fit.free, reclaimable: reclaimable, left: left,
      isListed: left > 0 || fit.zones.contains { $0.hasBlock == false })
  }

  /// What somebody asked for who asks for single pages, or for a place that is set aside: an area of
  /// vmalloc for which enough pages were free, or that is more than half of memory; huge pages for one,
  /// instead of which single pages are taken; pages of a CMA, where the report has no numbers.
  private var asked: ShortageVerdict.Cause? {
    switch report.failure {
    case .vmalloc(let size):
      let bytes = Int64(clamping: size)
      let isLarge = total.map { bytes > $0 / 2 } ?? false
      guard !report.memory.isPrinted || isLarge || bytes == 0 || fit.usable > bytes else {
        return nil
      }
      if report.isEarly, bytes > 0, fit.usable > bytes {
        return .vmallocEarly(bytes: bytes, free: fit.free)
      }
      return .vmalloc(bytes: bytes, free: report.memory.isPrinted ? fit.free : nil, total: total)
    case .vmallocPages(let got, let order) where order > 0 || !report.memory.isPrinted:
      return .vmallocPages(got: Int64(clamping: got), order: order)
    case .cma(let area, let pages, let isBusy) where !report.memory.isPrinted:
      return .cmaFull(area: area, pages: pages, isBusy: isBusy)
    default: return nil
    }
  }

  /// The limit of a control group was met: where the kernel says so, prints the limit or what the group
  /// holds, or was called from where it is met.
  ///
  /// A request that fails by a limit isn't reported: limits beside it are of another's lines.
  private var isOfCgroup: Bool {
    guard report.trigger != .allocationFailure else { return false }
    if let constraint = report.constraint, Self.ofTheMachine.contains(constraint) { return false }
    return report.constraint == "CONSTRAINT_MEMCG" || report.kills.contains(where: \.isOfCgroup)
      || report.cgroup != nil
  }

  /// The kernel's words for what isn't a group's limit (`constraint_text[]` in `mm/oom_kill.c`).
  private static let ofTheMachine = [
    "CONSTRAINT_NONE", "CONSTRAINT_CPUSET", "CONSTRAINT_MEMORY_POLICY",
  ]

  /// Whether a page fault failed, and nothing tells that memory was short: not all zones are printed
  /// below their watermarks.
  ///
  /// `pagefault_out_of_memory()` in `mm/oom_kill.c` has mask and order 0 up to 5.15: the request had
  /// failed elsewhere, by the limit of a control group on kernel memory for one.
  private var isOfPageFault: Bool {
    report.trigger == .outOfMemory && report.request.mask == 0 && report.request.names.isEmpty
      && (fit.zones.isEmpty || !fit.zones.allSatisfy(\.isShort))
  }

  /// What reclaim could have taken: the lists of files and reclaimable slab.
  private var reclaimable: Int64 {
    let lists = ["active_file", "inactive_file", "slab_reclaimable"]
      .reduce(UInt64(0)) { $0.plus(report.counter($1) ?? 0) }
    return Int64(pages: lists, of: pageSize) ?? 0
  }

  /// Whether much of memory could have been given back: a tenth of what the request could use,
  /// or of all memory where the zones were cut off.
  private var hasMuchToReclaim: Bool {
    let managed = fit.zones.isEmpty ? total ?? 0 : fit.managed
    return Double(fit.free.plus(reclaimable)) >= Double(max(1, managed)) * 0.1
  }

  /// Whether pages were there and no block of the order.
  ///
  /// Where no zone had a block: if one was above its watermark, or, for a request that the kernel
  /// doesn't kill for (above PAGE_ALLOC_COSTLY_ORDER, 3) or that only failed, if a tenth of memory was
  /// free or could have been given back. That holds without the lists too: then nothing else explains it.
  /// Few blocks that came back until the report was printed don't change that, nor any in a zone that was
  /// below the watermark of the last attempt.
  private var isFragmented: Bool {
    guard fit.order > 0, !fit.zones.isEmpty,
      !fit.zones.contains(where: { hasBlock($0) == true && $0.beyondLast > 0 })
    else { return false }
    if fit.zones.contains(where: { !$0.isShort && ($0.hasBlock == false || hasTooFew($0)) }) {
      return !isOnlyCMA
    }
    let isThere = fit.zones.contains { hasBlock($0) == true && $0.managed >= fit.managed / 10 }
    return isCostly && hasMuchToReclaim && !isThere && !isOnlyCMA
  }

  /// Whether the kernel gives such a request up instead of killing for it.
  private var isCostly: Bool { fit.order > 3 || report.trigger == .allocationFailure }

  /// Whether a block of the order was there; a few in much free memory are as good as none to a request
  /// that is given up, and to one that killed beside a tenth of memory that could have been given back.
  private func hasBlock(_ zone: RequestFit.Zone) -> Bool? {
    fit.order > 0 && isCostly && zone.isScarce || hasTooFew(zone) ? false : zone.hasBlock
  }

  /// Whether a program was killed for lack of such blocks although a few are printed.
  ///
  /// Hardly any free memory is in them, and much could have been given back. Where a twentieth of the zone is free beyond the
  /// watermark they were there again.
  private func hasTooFew(_ zone: RequestFit.Zone) -> Bool {
    fit.order > 0 && !isCostly && zone.isScarce && hasMuchToReclaim
      && zone.usable < zone.managed / 20
  }

  /// Whether the request would have been met after all.
  ///
  /// The report is printed after the last attempt: then a twentieth of what the zones have is free
  /// beyond the watermarks.
  private var isMet: Bool {
    let usable = fit.zones.filter { hasBlock($0) == true && $0.usable > 0 && $0.managed > 0 }
    return !usable.isEmpty
      && usable.reduce(Int64(0)) { $0.plus($1.usable) } >= max(1, fit.managed / 20)
  }

  /// Whether more than half of what was free is the CMA's.
  private var isOnlyCMA: Bool { fit.cma > fit.free / 2 }

  /// Whether the CMA had so little that a program was killed for what the kernel held: less than a tenth of
  /// memory, beside half of it in slab and other pages that could not be there.
  private func isLittleCMA(_ unusable: ShortageVerdict.Unusable) -> Bool {
    guard case .cma = unusable.obstacle, report.trigger == .outOfMemory else { return false }
    let memory = max(1, total ?? fit.managed)
    let own = holders.filter {
      $0.memoryClass.side == .kernel || [.slabReclaimable, .kernelStacks].contains($0.memoryClass)
    }
    return unusable.bytes < memory / 10
      && own.reduce(Int64(0)) { $0.plus($1.bytes) } >= memory / 2
  }

  /// Free memory that the request could not have.
  var unusable: ShortageVerdict.Unusable? {
    let left = fit.free.minus(fit.cma)
    guard !isMet else { return nil }
    guard !fit.zones.isEmpty else {
      // Who can't wait gets nothing of cache, however much it is and whichever zones were cut off.
      return isUnawaited
        ? ShortageVerdict.Unusable(obstacle: .noWait, bytes: reclaimable, left: nil) : nil
    }
    if isOnlyCMA { return ShortageVerdict.Unusable(obstacle: .cma, bytes: fit.cma, left: left) }
    // Four times what is free within reach, and a twentieth of memory, or of what is printed of it.
    if fit.freeElsewhere > 0, fit.freeElsewhere / 4 >= fit.free,
      Double(fit.freeElsewhere) >= Double(total ?? fit.managed) * 0.05
    {
      return ShortageVerdict.Unusable(
        obstacle: .zones(fit.names), bytes: fit.freeElsewhere, left: left)
    }
    if fit.isForDevice {
      return ShortageVerdict.Unusable(
        obstacle: .zones(fit.names), bytes: fit.freeElsewhere, left: left)
    }
    if isUnawaited {
      return ShortageVerdict.Unusable(obstacle: .noWait, bytes: reclaimable, left: left)
    }
    // Half of what was free: else it changes nothing.
    return fit.canWait != false && fit.reserve >= max(1, fit.free / 2)
      ? ShortageVerdict.Unusable(obstacle: .reserve, bytes: fit.reserve, left: nil) : nil
  }

  /// Whether a request that may not wait failed beside much that would have been given back for another.
  private var isUnawaited: Bool {
    fit.canWait == false && report.trigger == .allocationFailure && reclaimable > 0
      && hasMuchToReclaim
  }

  /// What the kernel itself holds, where it fills the zones that a request is limited to: half of them.
  ///
  /// Where some zones are out of reach, who holds most of all memory tells nothing. Slab is named where
  /// it is half of what the kernel has there, else pages that no counter shows.
  private var filling: Shortage.Holder? {
    guard let bytes = fit.kernelBytes, let total, fit.managed > 0,
      fit.managed < total / 20 * 19, fit.zones.allSatisfy({ $0.isShort || $0.managed < 32 << 20 }),
      bytes >= fit.managed / 2
    else { return nil }
    let counted = holders.filter {
      [.slabUnreclaimable, .slabReclaimable, .instrumentation, .kernelStacks].contains(
        $0.memoryClass)
    }
    if let slab = counted.first, slab.bytes >= bytes / 2 { return slab }
    let rest = max(0, bytes.minus(counted.reduce(Int64(0)) { $0.plus($1.bytes) }))
    return Shortage.Holder(
      memoryClass: .unaccounted, bytes: rest, part: Double(rest) / Double(total))
  }

  /// Whether the kernel's own memory fills the zones within reach: a quarter of them.
  ///
  /// Its memory lies in zones that all requests may use, so it is the cause there.
  private func isKernelIn(_ unusable: ShortageVerdict.Unusable) -> Bool {
    guard case .zones = unusable.obstacle, fit.managed > 0 else { return false }
    let own = holders.filter {
      [.kernel, .debugging].contains($0.memoryClass.side) || $0.memoryClass == .kernelStacks
    }
    return own.reduce(Int64(0)) { $0.plus($1.bytes) } >= fit.managed / 4
  }
}
