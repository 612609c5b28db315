import KmemParsers
import KmemTracing

/// What a trace does to the machine while it goes on, by the events of some time.
struct TraceLoad {
  /// Events a second that were seen, or skipped by the kernel.
  let seen: Double
  /// Allocations a second that were followed.
  let kept: Double

  /// The share of one processor that tracing was measured to take; 0 where that isn't measured all the time.
  let measured: Double

  /// The load between two counts that lie so many seconds apart, and in which tracing took so many nanoseconds.
  init(from before: EventCounts, to after: EventCounts, seconds: Double, nanoseconds: Int64 = 0) {
    let time = max(0.001, seconds)
    seen = Double(after.seen + after.missed - before.seen - before.missed) / time
    kept = Double(after.kept - before.kept) / time
    measured = Double(max(0, nanoseconds)) / 1e9 / time
  }

  /// The share of the machine's processors that a plan takes of which this is the load, if it takes one
  /// address in `sampling`: by what events are reckoned to cost, or by what they were measured to, if
  /// that is more.
  func share(_ plan: TracePlan, sampling: Int64, processors: Int) -> Double {
    let fewer = Double(sampling) / Double(plan.target.sampling)
    let followed = kept / fewer
    // A program is called for each event; tracefs filters before anything is written.
    let others = plan.engine == .programs ? seen - followed : (seen - kept) / fewer
    let costs = plan.engine.costs
    let reckoned = (followed * costs.followed + max(0, others) * costs.freed) / 1e9
    return max(reckoned, measured / fewer) / Double(max(1, processors))
  }

  /// The plan with so few samples that it stays within the budget, or nearly; nil where the fewest take more.
  func narrowed(_ plan: TracePlan, budget: Double, processors: Int) -> TracePlan? {
    var next = plan
    while next.target.sampling < TracePlan.mostSampling {
      next.target.sampling *= 2
      next.share = share(plan, sampling: next.target.sampling, processors: processors)
      if next.share <= budget { break }
    }
    guard next.target.sampling > plan.target.sampling, next.share <= budget * TraceKeeper.tolerance
    else { return nil }
    next.perSecond = Int64((kept * Double(plan.target.sampling)).rounded())
    return next
  }
}
