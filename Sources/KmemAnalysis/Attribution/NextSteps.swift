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
    case .memoryClass(.unaccounted), .memoryClass(.slabUnreclaimable): return pageStep
    default: return nil
    }
  }

  private var version: KernelVersion? { after.host.version }

  /// Allocation profiling, where this kernel has it and it doesn't yet count.
  private var profiling: Remedy? {
    switch (before.allocinfo, after.allocinfo) {
    case (.missing, .value):
      return Remedy(
        .command, "Allocation profiling counts since then: compare two snapshots taken from now on",
        cost: "none")
    case (_, .missing(let missing)) where missing.cause == .denied:
      return Remedy(.privilege, "Take both snapshots as root: /proc/allocinfo names the lines")
    default: break
    }
    guard after.memoryProfiling == "0" || after.allocinfo.value.map(Self.isIdle) == true else {
      return nil
    }
    return Remedy(
      .command, "Count allocations by line of source from now on, then compare anew",
      command: "sudo sysctl vm.mem_profiling=1", cost: "up to a tenth of allocations' time")
  }

  /// Whether the file is there and nothing was ever counted: profiling is off.
  private static func isIdle(_ allocinfo: Allocinfo) -> Bool {
    allocinfo.tags.allSatisfy { $0.bytes == 0 }
  }

  private func cacheStep(_ name: String, _ attribution: Attribution) -> Remedy? {
    if attribution.aliases.isEmpty, attribution.candidates.count == 1 { return nil }
    if after.allocTraces[name] != nil {
      return before.allocTraces[name] == nil
        ? Remedy(.command, "Take two snapshots: the first had no traces of \(name)") : nil
    }
    guard !attribution.aliases.isEmpty, !GenericCache.isGeneric(name) else {
      return traces(of: [name])
    }
    let parameter = BootParameters.noMerge(in: version)
    return Remedy(
      .boot, "Boot so that each of the merged caches counts for itself",
      command: parameter, cost: "a few MiB, as caches no longer share pages")
  }

  private func traces(of caches: [String]) -> Remedy? {
    guard after.config.value?["SLUB_DEBUG"] != .no else { return nil }
    let parameter =
      BootParameters.slabTraces(in: version) + "," + caches.joined(separator: ",")
    return Remedy(
      .boot, "Boot so that the kernel notes who allocates from it",
      command: parameter, cost: "a stack and two words for each object of that cache")
  }

  private var pageStep: Remedy? {
    if after.pageOwner.value != nil { return nil }
    if after.commandLine.value?["page_owner"] == .some(.some("on")) {
      return Remedy(
        .command, "Sum the list of all pages, once now and once later",
        command: "sudo kmemcheck snap --costly", cost: "seconds, and one walk over all pages")
    }
    guard after.config.value?["PAGE_OWNER"] != .no else { return nil }
    return Remedy(
      .boot, "Boot so that the kernel notes who allocates pages",
      command: "page_owner=on", cost: "about 1 % of memory, and slower page allocation")
  }
}
