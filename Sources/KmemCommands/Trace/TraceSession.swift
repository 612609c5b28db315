import KmemAnalysis
import KmemControl
import KmemParsers
import KmemReport
import KmemSnapshot
import KmemSources
import KmemTracing

/// Traces the kernel's allocations: counts for a second, says what it will cost, traces, and puts the
/// books beside what was seen.
struct TraceSession {
  let wish: TraceWish
  let options: CommonOptions
  private let processors = LiveFacts.processors

  init(wish: TraceWish, options: CommonOptions) {
    self.wish = wish
    self.options = options
  }

  /// - Throws: `Failure` if the kernel can't be traced, or tracing would cost too much.
  func record() throws(Failure) -> TraceRecord {
    guard LiveFacts.isRoot else { throw Failure(status: .notPermitted, TraceRefusal.needsRoot) }
    if let pid = wish.pid {
      try Failure.ifAny { () throws(SourceError) in try LiveProcess(pid).check() }
    }
    let books = try TraceBooksReader()
    let signals = SignalMask(holdsStops: false)
    let (wish, plan) = try chosen(books, signals)
    tellMerged(plan, books)
    if let reason = plan.standsFor {
      options.remark("kmemcheck: \(TraceRemark.followedByTracefs(reason: reason).sentence)")
    }
    return try TraceRun(
      plan: plan, wish: wish, books: books, processors: processors, options: options
    ).record(signals)
  }

  /// The wish, pointed at what grows if it may be and everything would be dear.
  private func chosen(
    _ books: TraceBooksReader, _ signals: borrowing SignalMask
  ) throws(Failure) -> (TraceWish, TracePlan) {
    let budget = TraceBudget(wish: wish, processors: processors)
    guard wish.mayNarrow else { return (wish, try budget.plan(books, signals)) }
    let plan = try budget.plan(books, signals, isFinal: false)
    if plan.target.sampling == 1 { return (wish, plan) }
    options.remark("kmemcheck: \(TraceRemark.looks.sentence)")
    guard let aim = TraceLook(books: books).aim(signals) else {
      return (wish, try budget.checked(plan))
    }
    options.remark("kmemcheck: \(TraceRemark.narrowed(aim).sentence)")
    var narrow = wish
    narrow.what = TraceWish.Scope(aim)
    narrow.engines = [plan.engine]
    let narrowed = TraceBudget(wish: narrow, processors: processors)
    var narrowPlan = try narrowed.plan(books, signals)
    narrowPlan.standsFor = plan.standsFor
    return (narrow, narrowPlan)
  }

  private func tellMerged(_ plan: TracePlan, _ books: TraceBooksReader) {
    guard let name = plan.cache, let cache = books.caches.first(where: { $0.name == name }),
      !cache.aliases.isEmpty
    else { return }
    options.remark("kmemcheck: \(TraceRemark.merged(name, with: cache.aliases).sentence)")
  }
}
