import KmemParsers
import KmemReport
import KmemTracing

/// Keeps a trace within its budget while it goes on.
///
/// What it costs was told by a second before it. Where the machine gets so much busier that the whole trace
/// would take more than twice the budget, it begins anew with fewer samples; where the fewest take too much,
/// it ends.
struct TraceKeeper {
  /// How many times its budget a trace may take: costs are upper bounds, and loads vary.
  static let tolerance = 2.0
  /// Seconds between two looks.
  private static let interval = 1.0

  private typealias Spent = (counts: EventCounts, nanoseconds: Int64)

  private let run: TraceRun
  private(set) var plan: TracePlan
  /// The trace that goes on; nil once it couldn't begin anew.
  var recorder: TraceRecorder?
  /// Why it couldn't begin anew.
  private(set) var failure: Failure?
  /// Whether it has ended before its time, as it would take too much.
  private(set) var isTooDear = false
  private var last: (time: Double, spent: Spent)
  private var looksOverBudget = 0

  /// - Throws: `Failure` if the program can't be loaded, or memory can't be read.
  init(_ run: TraceRun) throws(Failure) {
    self.run = run
    plan = run.plan
    let recorder = try run.recorder(plan)
    self.recorder = recorder
    last = (0, recorder.spent)
  }

  /// Ends windows whose time is over, and looks at what the trace takes.
  mutating func tick() {
    guard !isTooDear, recorder != nil else { return }
    recorder?.clock.tick()
    guard let recorder, recorder.clock.nextEnd != nil, !run.wish.isForced else { return }
    let now = recorder.clock.elapsed
    guard now - last.time >= Self.interval else { return }
    let spent = recorder.spent
    let load = Self.load(from: last.spent, to: spent, seconds: now - last.time)
    last = (now, spent)
    let isOver = projected(load, spent, at: now) > run.wish.budget * Self.tolerance
    looksOverBudget = isOver ? looksOverBudget + 1 : 0
    if looksOverBudget > 1 { narrow(load, after: now) }
  }

  private static func load(from before: Spent, to after: Spent, seconds: Double) -> TraceLoad {
    TraceLoad(
      from: before.counts, to: after.counts, seconds: seconds,
      nanoseconds: after.nanoseconds - before.nanoseconds)
  }

  /// The share of the processors that the trace comes to, if the load goes on.
  private func projected(_ load: TraceLoad, _ spent: Spent, at now: Double) -> Double {
    let past = Self.load(from: (EventCounts(), 0), to: spent, seconds: now)
    func share(_ load: TraceLoad) -> Double {
      load.share(plan, sampling: plan.target.sampling, processors: run.processors)
    }
    let whole = max(now, run.wish.seconds)
    return (share(past) * now + share(load) * (whole - now)) / whole
  }

  private mutating func narrow(_ load: TraceLoad, after seconds: Double) {
    let budget = run.wish.budget
    let share = load.share(plan, sampling: plan.target.sampling, processors: run.processors)
    guard run.wish.sampling == .auto,
      let next = load.narrowed(plan, budget: budget, processors: run.processors)
    else {
      run.tell(.ended(after: seconds, share: share, budget: budget))
      recorder?.clock.stop()
      isTooDear = true
      return
    }
    run.tell(.beginsAnew(share: share, budget: budget, sampling: next.target.sampling))
    plan = next
    // What the old one has in the kernel goes first: there is one buffer for a process, and the books are read anew.
    recorder?.abandon()
    recorder = nil
    do {
      recorder = try run.recorder(next)
      if let recorder { last = (0, recorder.spent) }
      looksOverBudget = 0
    } catch {
      failure = error
    }
  }
}
