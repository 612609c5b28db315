import KmemAnalysis
import KmemControl
import KmemParsers
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
    TracingRemains.remove()
    let wanted = try wish.plan(books.caches)
    let known = Set(books.caches.flatMap { [$0.name] + $0.aliases })
    var plan = wanted
    let (rates, names) = try count(&plan, known, signals)
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
          share: plan.share, budget: wish.budget, isNamed: wish.what != .everything))
    }
    return plan
  }

  /// Counts events for a second, and learns which cache has which name.
  ///
  /// Where programs can't be had, tracefs does it, if the user wants no engine in particular.
  private func count(
    _ plan: inout TracePlan, _ known: Set<String>, _ signals: borrowing SignalMask
  ) throws(Failure) -> (EventRates, [UInt64: String]) {
    var first: Failure?
    for engine in wish.engines {
      plan.engine = engine
      let counted: (EventRates, [UInt64: String])?
      do throws(TracerError) {
        counted = try count(plan, known, signals)
      } catch {
        let failure = Failure(tracing: error)
        guard error.isOfPrograms else { throw first ?? failure }
        first = first ?? failure
        continue
      }
      guard let counted else { throw Failure(status: .interrupted, TraceRefusal.interrupted) }
      plan.standsFor = first?.message
      return counted
    }
    throw first ?? Failure(status: .unavailable, TraceRefusal.noLibrary)
  }

  /// - Throws: `TracerError` if the engine can't be had. nil if a signal came.
  private func count(
    _ plan: TracePlan, _ known: Set<String>, _ signals: borrowing SignalMask
  ) throws(TracerError) -> (EventRates, [UInt64: String])? {
    let counter = try plan.engine.tracer(
      plan.target, room: Tracer.Room(live: 1, stacks: 1), counts: true)
    let start = BootClock.now
    try counter.begin()
    let isEnding = signals.ending(until: start + 1)
    counter.end()
    guard !isEnding else { return nil }
    let seen = counter.caches
    let names = seen.names(known: known)
    return (
      EventRates(counter.counts, seen, names: names, seconds: BootClock.now - start), names
    )
  }
}
