import KmemAnalysis
import KmemControl
import KmemParsers
import KmemReport
import KmemSnapshot
import KmemTracing

/// One trace for a time, or while a command runs.
struct TraceRun {
  let plan: TracePlan
  let wish: TraceWish
  let books: TraceBooksReader
  let processors: Int
  let options: CommonOptions

  /// - Throws: `Failure` if the program can't be loaded, or memory can't be read.
  func record(_ signals: borrowing SignalMask) throws(Failure) -> TraceRecord {
    var keeper = try TraceKeeper(self)
    let isInterrupted = try follow(&keeper, signals)
    if let failure = keeper.failure { throw failure }
    guard var record = try keeper.recorder?.end(isInterrupted: isInterrupted) else {
      throw Failure(status: .interrupted, TraceRefusal.interrupted)
    }
    if !wish.command.isEmpty { record.command = wish.command }
    tellDear(record, keeper.plan)
    return record
  }

  /// Begins to trace by a plan, and says so.
  ///
  /// - Throws: `Failure` if the program can't be loaded, or memory can't be read.
  func recorder(_ plan: TracePlan) throws(Failure) -> TraceRecorder {
    let recorder = try TraceRecorder(
      plan, seconds: wish.seconds,
      windows: .time(wish.seconds / Double(Tracer.windows)), books: books, processors: processors)
    tell(
      .begins(
        recorder.outline, seconds: wish.seconds, perSecond: plan.perSecond, share: plan.share))
    return recorder
  }

  func tell(_ remark: TraceRemark) { options.remark("kmemcheck: \(remark.sentence)") }

  /// The budget is kept by what events were measured to cost, and they may cost more here.
  private func tellDear(_ record: TraceRecord, _ plan: TracePlan) {
    guard let share = record.costShare, share > 1.05 * max(plan.share, wish.budget) else { return }
    tell(.dearer(share: share, budget: wish.budget))
  }

  /// Waits until the time is over, the command has ended, or a signal came; true if one did.
  private func follow(
    _ keeper: inout TraceKeeper, _ signals: borrowing SignalMask
  ) throws(Failure) -> Bool {
    guard wish.command.isEmpty else { return try run(&keeper, signals) }
    var line = ProgressLine(isQuiet: options.quiet)
    defer { line.clear() }
    while !keeper.isTooDear, let end = keeper.recorder?.clock.nextEnd {
      // A line that moves each second shows that it goes on.
      if signals.ending(until: min(end, BootClock.now + 1)) { return true }
      // What it may have to say needs the line.
      line.clear()
      keeper.tick()
      let seconds = keeper.recorder?.clock.elapsed ?? 0
      line.show(TraceRemark.goesOn(seconds: seconds, of: wish.seconds).sentence)
    }
    return false
  }

  /// Runs the command; what it allocates after the time is over isn't seen any more.
  private func run(
    _ keeper: inout TraceKeeper, _ signals: borrowing SignalMask
  ) throws(Failure) -> Bool {
    let outcome = CommandRun(wish.command).run(signals) { keeper.tick() }
    if case .notStarted(let error) = outcome {
      throw Failure(
        status: outcome.status == 127 ? .commandNotFound : .commandNotStarted,
        TraceRefusal.notStarted(command: wish.command[0], error: "\(error)"))
    }
    // Taken, as one that is left would end the program before it answers.
    return signals.ending() != nil
  }
}
