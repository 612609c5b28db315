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
    var recorder = try TraceRecorder(
      plan, seconds: wish.seconds,
      windows: .time(wish.seconds / Double(Tracer.windows)), books: books, processors: processors)
    options.remark(
      "kmemcheck: "
        + TraceRemark.begins(
          recorder.outline, seconds: wish.seconds, perSecond: plan.perSecond, share: plan.share
        ).sentence)
    let isInterrupted = try follow(&recorder.clock, signals)
    var record = try recorder.end(isInterrupted: isInterrupted)
    if !wish.command.isEmpty { record.command = wish.command }
    tellDear(record)
    return record
  }

  /// The budget is kept by what a second showed, and the machine may get busier meanwhile.
  private func tellDear(_ record: TraceRecord) {
    guard let share = record.costShare, share > 1.05 * max(plan.share, wish.budget) else { return }
    options.remark("kmemcheck: \(TraceRemark.dearer(share: share, budget: wish.budget).sentence)")
  }

  /// Waits until the time is over, the command has ended, or a signal came; true if one did.
  private func follow(
    _ clock: inout TraceClock, _ signals: borrowing SignalMask
  ) throws(Failure) -> Bool {
    guard wish.command.isEmpty else { return try run(&clock, signals) }
    var line = ProgressLine(isQuiet: options.quiet)
    defer { line.clear() }
    while let end = clock.nextEnd {
      // A line that moves each second shows that it goes on.
      if signals.ending(until: min(end, BootClock.now + 1)) { return true }
      clock.tick()
      line.show(TraceRemark.goesOn(seconds: clock.elapsed, of: wish.seconds).sentence)
    }
    return false
  }

  /// Runs the command; what it allocates after the time is over isn't seen any more.
  private func run(
    _ clock: inout TraceClock, _ signals: borrowing SignalMask
  ) throws(Failure) -> Bool {
    let outcome = CommandRun(wish.command).run(signals) { clock.tick() }
    if case .notStarted(let error) = outcome {
      throw Failure(
        status: outcome.status == 127 ? .commandNotFound : .commandNotStarted,
        TraceRefusal.notStarted(command: wish.command[0], error: "\(error)"))
    }
    return signals.isEnding()
  }
}
