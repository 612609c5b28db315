import KmemParsers
import KmemSnapshot

/// Amounts of memory before a command and after its runs, and of samples without a run before it.
package struct CheckSamples {
  private var rows: AmountRows
  /// How many of the first rows are samples without a run.
  private var idle = 0
  /// How often the command had run at each row after these; 0 before the first run.
  package private(set) var iterations: [Int] = []
  /// Whether the kernel counts a slab cache as reclaimable, by the cache's name.
  private var reclaimable: [String: Bool] = [:]
  /// The other names of merged slab caches, by the name that is listed.
  private var aliases: [String: [String]] = [:]
  /// How many bytes a cache may seem to gain without a leak.
  private var slack: [SeriesID: Int64] = [:]
  /// What slab caches held before the first run and after the last, when they had been shrunk.
  private var exact: [SeriesID: BeforeAfter] = [:]
  /// Kernel threads before the first run and after the last.
  private var kernelThreads = BeforeAfter(nil, nil)
  /// What memory did after the last run; nil where that wasn't looked at.
  private var rest: CheckRest?
  /// Whether slab caches were shrunk before each sample, so that none holds empty slabs.
  private let isShrunk: Bool

  /// Begins without samples; `isShrunk` says that slab caches are shrunk before each of them.
  package init(isShrunk: Bool, pace: SamplePace = SamplePace(wanted: 256)) {
    self.isShrunk = isShrunk
    rows = AmountRows(limit: pace.rows)
    iterations.reserveCapacity(pace.rows)
  }

  /// How many samples there are, those without a run left out.
  package var count: Int { iterations.count }

  /// Adds the amounts of a moment before the first of `add`: what changes from one to the next is
  /// the check's own doing.
  package mutating func addIdle(_ model: MemoryModel) {
    keep(model)
    idle += 1
  }

  /// Adds the amounts of the next moment, after so many runs; by default after one run more.
  package mutating func add(_ model: MemoryModel, after runs: Int? = nil) {
    keep(model)
    iterations.append(runs ?? (iterations.last.map { $0 + 1 } ?? 0))
  }

  /// Takes what slab caches hold now that they have been shrunk: before the first run, and after the
  /// last.
  ///
  /// Only then the kernel's counts are of objects in use: free ones on processors' slabs count as
  /// used.
  package mutating func addShrunk(_ model: MemoryModel, isBefore: Bool) {
    for (id, bytes) in MemoryAmounts(model).values where id.kind == .slabCache {
      exact[id] = isBefore ? BeforeAfter(bytes, nil) : BeforeAfter(exact[id]?.before, bytes)
    }
  }

  /// Takes the number of kernel threads, before the first run and after the last; nil where it isn't
  /// known.
  package mutating func addKernelThreads(_ count: Int64?, isBefore: Bool) {
    kernelThreads = isBefore ? BeforeAfter(count, nil) : BeforeAfter(kernelThreads.before, count)
  }

  /// Takes two moments after the last run, so many seconds apart, between which the command didn't run;
  /// `perIteration` is how long a run took, in seconds.
  package mutating func addRest(
    from before: MemoryModel, to after: MemoryModel, seconds: Double, perIteration: Double
  ) {
    rest = CheckRest(
      from: MemoryAmounts(before).values, to: MemoryAmounts(after).values, seconds: seconds,
      perIteration: perIteration)
  }

  private mutating func keep(_ model: MemoryModel) {
    var amounts = MemoryAmounts(model)
    amounts.leaveOutLazilyFreed(of: model)
    for things in CheckHoldings.counted + CheckHoldings.countedByOptions {
      if let count = model.snapshot.counts[things] { amounts.add(.count(things), count) }
    }
    for (name, isReclaimable) in amounts.reclaimable { reclaimable[name] = isReclaimable }
    for cache in model.slab?.caches ?? [] where !cache.aliases.isEmpty {
      aliases[cache.name] = cache.aliases
    }
    if !isShrunk {
      for cache in model.slab?.caches ?? [] {
        slack[.slabCache(cache.name)] = cache.perCpuSlack(processors: model.snapshot.zoneProcessors)
      }
    }
    rows.append(amounts.values.filter { $0.key.kind != .module })
  }

  /// The amounts that changed with the verdicts on them: those that may leak first, the worst
  /// before the others.
  package func series() -> [CheckSeries] {
    let all = rows.series
    let counted = CheckHoldings.counted.map(SeriesID.count)
    return CheckHoldings.explaining(
      all.compactMap(series), isCounted: counted.allSatisfy(all.contains),
      kernelThreads: kernelThreads.growth ?? 0
    ).map(explainedByRest).sorted(by: CheckSeries.isWorse)
  }

  private func explainedByRest(_ series: CheckSeries) -> CheckSeries {
    guard series.isLeak || series.isLeft, rest?.explains(series) == true else { return series }
    var series = series
    series.explanation = .others
    return series
  }

  private func series(_ id: SeriesID) -> CheckSeries? {
    let all = rows.values(id)
    let values = Array(all.dropFirst(idle))
    let known = values.compactMap(\.self)
    guard let side = id.side(reclaimable: reclaimable), known.max() != known.min() else {
      return nil
    }
    let own = OwnShare(all.prefix(idle + 1))
    let rest = own.taken(off: values)
    var series = CheckSeries(
      id: id, side: side, values: rest,
      trend: IterationTrend(rest, at: iterations, unit: id.unit), slack: slack[id] ?? 0,
      ownShare: own.perSample, exactGrowth: exact[id]?.growth)
    if case .slabCache(let name) = id { series.aliases = aliases[name] ?? [] }
    return series
  }
}

extension SlabUsage.Cache {
  /// Bytes of free objects that SLUB counts as used, as they are on processors' partial slabs.
  ///
  /// There are at most twice `cpu_partial` objects a processor, by their size (`set_cpu_partial` in
  /// mm/slub.c), and one slab in use.
  fileprivate func perCpuSlack(processors: Int) -> Int64 {
    let partial: Int64 =
      switch objectSize {
      case 4096...: 6
      case 1024...: 24
      case 256...: 52
      default: 120
      }
    let perSlab = slabs > 0 ? objects / slabs : 0
    return Int64(processors).timesClamped((2 * partial).plus(perSlab)).timesClamped(objectSize)
  }
}

extension Snapshot {
  /// The number of processors, as far as zoneinfo shows them; at least one.
  fileprivate var zoneProcessors: Int {
    max(1, zoneinfo.value?.zones.map(\.pagesets.count).max() ?? 1)
  }
}
