import KmemAnalysis
import KmemControl
import KmemReport
import KmemTracing

/// What tracing would cost, by a second in which events are counted.
struct TraceBudget {
  let wish: TraceWish
  let processors: Int

  /// The plan as far as the budget goes; one that isn't final may take more.
  ///
  /// - Throws: `Failure` if there is no such cache, the kernel can't be traced, or that would cost too
  ///   much.
  func plan(
    _ books: TraceBooksReader, _ signals: borrowing SignalMask, isFinal: Bool = true
  ) throws(Failure) -> TracePlan {
    let wanted = try wish.plan(books.caches)
    let known = Set(books.caches.flatMap { [$0.name] + $0.aliases })
    let (rates, names) = try count(wanted.target, known, signals)
    var plan = wanted
    if let cache = plan.cache { plan.target.cache = names.first { $0.value == cache }?.key }
    plan =
      wish.sampling == .auto
      ? plan.within(wish.budget, rates, processors: processors)
      : plan.priced(rates, processors: processors)
    return isFinal ? try checked(plan) : plan
  }

  /// The plan, if it takes no more than it may.
  ///
  /// - Throws: `Failure` if it would cost too much.
  func checked(_ plan: TracePlan) throws(Failure) -> TracePlan {
    guard plan.share <= wish.budget || wish.isForced else {
      throw Failure(
        status: .unavailable,
        TraceRefusal.tooDear(
          percent: Amount.percent(plan.share), budget: Amount.percent(wish.budget)))
    }
    return plan
  }

  /// Counts events for a second, and learns which cache has which name.
  private func count(
    _ target: TraceTarget, _ known: Set<String>, _ signals: borrowing SignalMask
  ) throws(Failure) -> (EventRates, [UInt64: String]) {
    do {
      let counter = try Tracer(target, room: Tracer.Room(live: 1, stacks: 1), counts: true)
      let start = BootClock.now
      try counter.begin()
      let isEnding = signals.ending(until: start + 1)
      counter.end()
      if isEnding { throw Failure(status: .interrupted, TraceRefusal.interrupted) }
      let seen = counter.caches
      let names = seen.names(known: known)
      let rates = EventRates(counter.counts, seen, names: names, seconds: BootClock.now - start)
      return (rates, names)
    } catch {
      throw Failure(tracing: error)
    }
  }
}
