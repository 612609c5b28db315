import KmemAnalysis
import KmemParsers
import KmemReport
import KmemTracing

/// What is traced, and how much of it, by what a second of counting showed.
struct TracePlan {
  /// What the program follows.
  var target: TraceTarget
  /// The cache's name; nil where all caches are traced.
  var cache: String?
  /// Allocations a second that the target has.
  var perSecond: Int64 = 0
  /// The share of the machine's processors that tracing will take.
  var share = 0.0
  /// What follows the allocations.
  var engine = TraceRecord.Engine.programs
  /// Why programs of BPF, which would do better, can't be had; nil where they weren't tried or are.
  var standsFor: String?

  /// The fewest samples that auto takes.
  static let mostSampling: Int64 = 64

  init(_ target: TraceTarget, cache: String? = nil) {
    self.target = target
    self.cache = cache
  }

  /// The plan with its cost, by events a second.
  func priced(_ rates: EventRates, processors: Int) -> TracePlan {
    var plan = self
    let all = target.kinds.reduce(Int64(0)) { $0 + (rates.allocations[$1] ?? 0) }
    let wanted =
      target.size.map { rates.sizes[$0] ?? 0 } ?? target.cache.map { rates.caches[$0] ?? 0 } ?? all
    plan.perSecond = wanted
    let followed = Double(wanted) / Double(target.sampling)
    let freed = Double(rates.frees) / Double(target.sampling)
    let others = Double(all + rates.frees) - followed - freed
    let costs = engine.costs
    let nanoseconds =
      followed * costs.followed + freed * costs.freed + max(0, others) * costs.passedOver
    plan.share = nanoseconds / 1e9 / Double(max(1, processors))
    return plan
  }

  /// The plan with as many samples as the budget allows.
  func within(_ budget: Double, _ rates: EventRates, processors: Int) -> TracePlan {
    var plan = priced(rates, processors: processors)
    while plan.share > budget, plan.target.sampling < Self.mostSampling {
      plan.target.sampling *= 2
      plan = plan.priced(rates, processors: processors)
    }
    return plan
  }
}

/// What events cost, in nanoseconds of a processor: upper bounds of what was measured.
struct TraceCosts {
  /// An allocation that is followed, with its stack and its free.
  let followed: Double
  /// Any other free whose address is among those followed, as a free doesn't tell whose object it was.
  let freed: Double
  /// Any other event.
  let passedOver: Double
}

extension TraceRecord.Engine {
  /// What its events cost.
  var costs: TraceCosts {
    switch self {
    case .programs: TraceCosts(followed: 5000, freed: 100, passedOver: 100)
    case .tracefs: TraceCosts(followed: 6000, freed: 800, passedOver: 250)
    }
  }

  /// Loads what follows the target; `counts` only counts events.
  ///
  /// - Throws: `TracerError` with the reason why the kernel can't do it.
  func tracer(
    _ target: TraceTarget, room: Tracer.Room, counts: Bool = false
  ) throws(TracerError) -> any TraceEngine {
    switch self {
    case .programs: try Tracer(target, room: room, counts: counts)
    case .tracefs: try TracefsTracer(target, room: room, counts: counts)
    }
  }
}

/// Events a second, as they were counted for a while.
struct EventRates {
  let allocations: [TraceRecord.Kind: Int64]
  let frees: Int64
  /// Allocations by size of kmalloc.
  let sizes: [Int64: Int64]
  /// Allocations by the address of a cache's description.
  let caches: [UInt64: Int64]

  init(_ counts: EventCounts, _ seen: [SeenCache], names: [UInt64: String], seconds: Double) {
    func rate(_ count: Int64) -> Int64 { Int64((Double(count) / max(0.01, seconds)).rounded()) }
    allocations = counts.allocations.mapValues(rate)
    frees = rate(counts.frees)
    var (sizes, caches): ([Int64: Int64], [UInt64: Int64]) = ([:], [:])
    for cache in seen {
      if names[cache.key] != nil || cache.key >> 63 == 1 {
        caches[cache.key] = rate(cache.allocations)
      } else {
        sizes[Int64(clamping: cache.key)] = rate(cache.allocations)
      }
    }
    self.sizes = sizes
    self.caches = caches
  }
}
