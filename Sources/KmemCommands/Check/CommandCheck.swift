import KmemAnalysis
import KmemControl
import KmemSnapshot
import KmemSources

/// Runs a command again and again, with samples of memory before and after each time.
final class CommandCheck {
  let command: [String]
  let wanted: Int
  let plan: CacheDropPlan
  /// Seconds for what the kernel frees late.
  let settling: Double

  private(set) var iterations: [CheckIteration] = []
  private(set) var isInterrupted = false
  /// The error at starting the command.
  private(set) var startFailure: String?
  let modules = ModuleWatch()
  private(set) var samples: CheckSamples
  private var before: Snapshot?
  private var after: Snapshot?
  /// What changed from before the first run to after the last, once it ran.
  private(set) var diff: DiffReport?
  private var ticks: [(seconds: Double, ticks: UInt64)] = []

  init(command: [String], wanted: Int, plan: CacheDropPlan, settling: Double) {
    self.command = command
    self.wanted = wanted
    self.plan = plan
    self.settling = settling
    samples = CheckSamples(isShrunk: plan.shrinksSlabs)
  }

  /// Runs it, until it fails, is interrupted or has run often enough.
  ///
  /// - Throws: `Failure` if memory can't be looked at.
  func run(_ interruptions: borrowing Interruptions) throws(Failure) {
    modules.look()
    settle()
    before = try Self.snapshot(.withoutLeaks)
    ticks.append(contentsOf: [LiveTicks.now()].compactMap(\.self))
    samples.add(MemoryModel(try Self.snapshot(.amounts)))
    while iterations.count < wanted, goesOn, !isInterrupted {
      runOnce(interruptions)
      isInterrupted = isInterrupted || interruptions.isEnding()
      if iterations.count == wanted || !goesOn { settle() } else { plan.release() }
      samples.add(MemoryModel(try Self.snapshot(.amounts)))
    }
    modules.look()
    ticks.append(contentsOf: [LiveTicks.now()].compactMap(\.self))
    let after = try Self.snapshot(.withoutLeaks)
    self.after = after
    diff = before.map { DiffReport(from: MemoryModel($0), to: MemoryModel(after)) }
  }

  private var goesOn: Bool { iterations.last.map { $0.status == 0 } ?? true }

  private func runOnce(_ interruptions: borrowing Interruptions) {
    let start = BootClock.now
    let outcome = CommandRun(command).run(interruptions) { modules.look() }
    iterations.append(
      CheckIteration(
        start: start, seconds: BootClock.now - start, status: outcome.status))
    if case .notStarted(let error) = outcome { startFailure = "\(error)" }
    if case .signaled(2) = outcome { isInterrupted = true }
  }

  /// Gives the kernel the time to free what it frees late.
  private func settle() {
    plan.release()
    BootClock.wait(settling)
    plan.release()
  }

  private static func snapshot(_ catalog: SourceCatalog) throws(Failure) -> Snapshot {
    do {
      return Snapshot(try LiveKernel(catalog: catalog).capture())
    } catch {
      throw Failure(error)
    }
  }
}

extension CommandCheck {
  /// When memory was looked at first, in seconds since boot.
  var start: Double? { before?.host.upTime }

  /// The iterations by the ticks in which kmemleak dates its objects.
  var windows: IterationTickRanges? {
    guard let last = iterations.last, let clock = tickClock else { return nil }
    // What is allocated between two runs, by work put off, belongs to the first of them.
    return IterationTickRanges(
      iterations.map(\.start) + [last.start + last.seconds + settling], by: clock)
  }

  private var tickClock: TickClock? {
    if let first = ticks.first, let last = ticks.last, let clock = TickClock(first, last) {
      return clock
    }
    return after?.ticksPerSecond.map(TickClock.init)
  }
}
