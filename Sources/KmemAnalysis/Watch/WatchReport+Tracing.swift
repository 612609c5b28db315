extension WatchReport {
  /// What `kmemcheck trace` is to be pointed at: the first amount of the kernel's own that surely grows and
  /// can be traced; nil where nothing does, or a line of source names the owner already.
  package var traceAim: Remedy.TraceAim? {
    guard culprit?.id.kind != .allocationSite else { return nil }
    let aims = growing.filter(\.isKernels).compactMap { Remedy.TraceAim($0.id) }
    // A cache tells more than its class does.
    return aims.first { $0 != .everything } ?? aims.first
  }

  /// Takes the advice to trace from what to do next, as that was done.
  package mutating func noteTraced() {
    facts.next.removeAll { step in
      if case .findOwner(.command(.trace)) = step { true } else { false }
    }
  }
}

extension Remedy.TraceAim {
  /// What to trace to learn who makes an amount grow; nil for what no event tells of.
  init?(_ id: SeriesID) {
    switch id {
    case .slabCache(let name): self = .cache(name)
    case .memoryClass(.unaccounted): self = .pages
    case .memoryClass(.percpu): self = .percpu
    case .memoryClass(.slabUnreclaimable): self = .everything
    default: return nil
    }
  }
}
