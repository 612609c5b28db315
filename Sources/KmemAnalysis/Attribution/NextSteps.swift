import KmemParsers
import KmemSnapshot

/// The one cheapest thing that would tell who owns a growth, on the kernel that was captured.
struct NextSteps {
  private let before: Snapshot
  private let after: Snapshot

  init(before: Snapshot, after: Snapshot) {
    self.before = before
    self.after = after
  }

  /// The step; nothing where the kernel has told all it can.
  func step(for attribution: Attribution) -> Remedy? {
    // What the kernel counts already needs no other switch: only the time between was missing.
    if let step = profiling { return step }
    switch attribution.subject {
    case .slabCache(let name): return cacheStep(name, attribution)
    case .memoryClass(.unaccounted): return pageStep(.pages)
    // What grows in no cache is kmalloc of whole pages: `trace --pages` leaves that to kmalloc.
    case .memoryClass(.slabUnreclaimable): return pageStep(.everything)
    case .memoryClass(.percpu): return trace(.percpu)
    default: return nil
    }
  }

  /// To trace what grows, where this kernel can be traced: it takes no reboot.
  private func trace(_ aim: Remedy.TraceAim) -> Remedy? {
    KernelFacts.canTrace(version, after.config.value) == true ? .command(.trace(aim)) : nil
  }

  private var version: KernelVersion? { after.host.version }

  /// Allocation profiling, where this kernel has it and it doesn't yet count.
  private var profiling: Remedy? {
    switch (before.allocinfo, after.allocinfo) {
    case (.missing, .value):
      return .command(.compareSinceProfiling)
    case (_, .missing(let missing)) where missing.cause == .denied:
      return .privilege(.compareAsRoot)
    default: break
    }
    guard after.memoryProfiling == "0" || after.allocinfo.value?.isCounting == false else {
      return nil
    }
    return .command(.countAllocations)
  }

  private func cacheStep(_ name: String, _ attribution: Attribution) -> Remedy? {
    if attribution.aliases.isEmpty, attribution.candidates.count == 1 { return nil }
    if after.allocTraces[name] != nil {
      return before.allocTraces[name] == nil ? .command(.compareSinceTraces(cache: name)) : nil
    }
    if let trace = trace(.cache(name)) { return trace }
    guard !attribution.aliases.isEmpty, !GenericCache.isGeneric(name) else {
      guard after.config.value?["SLUB_DEBUG"] != .no else { return nil }
      return .boot(.traceCache(name, parameter: .slabTraces(in: version)))
    }
    return .boot(.separateCaches(.noMerge(in: version)))
  }

  private func pageStep(_ aim: Remedy.TraceAim) -> Remedy? {
    // Lines of source tell the same of every page, without a reboot.
    if after.allocinfo.value?.isCounting == true { return nil }
    if after.pageOwner.value != nil { return nil }
    if after.commandLine.value?["page_owner"] == .some(.some("on")) {
      return .command(.sumPages)
    }
    if let trace = trace(aim) { return trace }
    guard after.config.value?["PAGE_OWNER"] != .no else { return nil }
    return .boot(.tracePages)
  }
}
