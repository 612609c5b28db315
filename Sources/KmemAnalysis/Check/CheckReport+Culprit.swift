extension CheckReport {
  /// The leaking amount to name: the most precise of those that account for at least half of the
  /// fastest, so that a class which is ahead of its line of source by noise doesn't hide it.
  package var culprit: CheckSeries? {
    let rate = { (series: CheckSeries) in series.trend.perIteration ?? 0 }
    guard let fastest = leaking.map(rate).max() else { return nil }
    return leaking.filter { rate($0) >= fastest / 2 }
      .min { ($0.id.vagueness, -rate($0)) < ($1.id.vagueness, -rate($1)) }
  }

  /// Who called the culprit, where its function only allocates for others and a stack of kmemleak's
  /// has it.
  package var caller: LeakFrame? {
    guard case .allocationSite(let tag)? = culprit?.id,
      AllocatorFunctions.contains(tag.function)
    else { return nil }
    let helper = AllocatorFunctions.stem(tag.function)
    let stacks = leaks?.groups ?? []
    return stacks.first { group in
      group.frames.contains { $0.symbol.map(AllocatorFunctions.stem) == helper }
    }?.callers.first
  }
}

extension SeriesID {
  /// How little the name tells of who took the memory; 0 for a line of source.
  fileprivate var vagueness: Int {
    switch kind {
    case .allocationSite: 0
    case .vmallocCaller: 1
    case .slabCache: 2
    case .system, .side, .memoryClass, .module, .count, .cgroup, .process, .processShared,
      .processFiles, .processThreads, .processChildren, .processZombies, .processSpace, .command,
      .commandProcesses:
      3
    }
  }
}
