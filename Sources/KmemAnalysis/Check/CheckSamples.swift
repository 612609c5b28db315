import KmemParsers
package import KmemSnapshot

/// Amounts of memory before a command and after each time it ran.
package struct CheckSamples {
  private var samples: [[Subject: Int64]] = []
  /// Subjects that hold memory for user space, can be given back, or are the instrument itself.
  private var excused: Set<Subject> = []

  /// What each cache may seem to gain without a leak, in bytes.
  private var slack: [Subject: Int64] = [:]
  /// Whether slab caches were shrunk before each sample, so that none holds empty slabs.
  private let isShrunk: Bool

  package init(isShrunk: Bool) { self.isShrunk = isShrunk }

  package var count: Int { samples.count }

  package mutating func add(_ snapshot: Snapshot) {
    let amounts = MemoryAmounts(snapshot).values.mapValues(\.value)
    for line in Books(snapshot)?.lines ?? [] where !line.memoryClass.isSuspect {
      excused.insert(Subject(kind: .memoryClass, name: line.memoryClass.title))
    }
    for cache in snapshot.slabUsage?.caches ?? [] {
      let subject = Subject(kind: .cache, name: cache.name)
      if cache.role != .kernel { excused.insert(subject) }
      if !isShrunk { slack[subject] = cache.perCpuSlack(processors: snapshot.processors) }
    }
    samples.append(amounts.filter { $0.key.kind != .module })
  }

  /// The amounts of everything that may leak and that changed, judged, the worst first.
  package func series() -> [CheckSeries] {
    let subjects = Set(samples.flatMap(\.keys)).subtracting(excused)
    return subjects.compactMap { subject -> CheckSeries? in
      // What isn't listed, where others of its kind are, holds nothing.
      let values = samples.map { $0[subject] ?? (subject.kind == .memoryClass ? nil : 0) }
      let known = values.compactMap(\.self)
      guard known.max() != known.min() else { return nil }
      return CheckSeries(
        subject: subject, values: values, trend: IterationTrend(values),
        slack: slack[subject] ?? 0)
    }
    .sorted(by: CheckSeries.isWorse)
  }
}

/// What running the command did to one amount.
package struct CheckSeries: Sendable {
  package let subject: Subject
  package let values: [Int64?]
  package let trend: IterationTrend
  /// Growth up to this may be free objects that processors keep at hand; bytes.
  package let slack: Int64

  package var isLeak: Bool { trend.word == .leaks && growth > slack }

  package var growth: Int64 {
    let known = values.compactMap(\.self)
    return (known.last ?? 0).minus(known.first ?? 0)
  }

  static func isWorse(_ one: CheckSeries, _ other: CheckSeries) -> Bool {
    if one.isLeak != other.isLeak { return one.isLeak }
    let rates = (one.trend.perIteration ?? 0, other.trend.perIteration ?? 0)
    if one.isLeak, rates.0 != rates.1 { return rates.0 > rates.1 }
    if one.growth != other.growth { return one.growth > other.growth }
    return one.subject.name < other.subject.name
  }
}

extension MemoryClass {
  /// Whether its growth may be the kernel's own leak.
  fileprivate var isSuspect: Bool {
    switch self {
    case .instrumentation, .pageTables, .secPageTables: false
    default: side == .kernel || self == .unaccounted
    }
  }
}

extension SlabUsage.Cache {
  /// Bytes of free objects that SLUB counts as used, as they are on processors' partial slabs.
  ///
  /// At most twice `cpu_partial` objects a processor, by their size (`set_cpu_partial` in mm/slub.c),
  /// and one slab in use.
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
  /// Processors, as far as zoneinfo shows them; at least one.
  fileprivate var processors: Int {
    max(1, zoneinfo.value?.zones.map(\.pagesets.count).max() ?? 1)
  }
}
