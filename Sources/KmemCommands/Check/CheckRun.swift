import KmemAnalysis
import KmemControl
import KmemParsers
import KmemSnapshot
import KmemSources

/// Runs a command again and again, with samples of memory before and after each time.
final class CheckRun: ScannedWork {
  let command: [String]
  let wanted: Int
  let plan: CacheDropPlan
  /// The tool that looks at the command's own leaks; nil where none is wanted.
  let tool: ProgramTool?
  /// Seconds to wait for memory that the kernel frees late.
  let settling: Double

  private(set) var iterations: [CheckIteration] = []
  private(set) var isInterrupted = false
  /// The error's text if the command couldn't be started; nil if it could.
  private(set) var startFailure: String?
  /// Notes where modules lie, for reports of kmemleak; nil without one.
  var modules: ModuleListRecorder?
  private let pace: SamplePace
  private let sampler = CheckSampler()
  private(set) var samples: CheckSamples
  /// When each sample after a run began, in seconds since boot.
  private var sampled: [Double] = []
  private var before: Snapshot?
  private var after: Snapshot?
  /// What changed from before the first run to after the last, once it ran.
  private(set) var diff: DiffReport?
  /// The processes that the command left running, once it ran.
  private(set) var leftProcesses: [ChildProcess]?
  /// Follows allocations while the command runs, where that is wanted.
  var trace: CheckTrace?
  /// What was followed, once the command ran.
  private(set) var traced: TraceReport?
  private var ticks: [(seconds: Double, ticks: UInt64)] = []

  init(
    command: [String], wanted: Int, plan: CacheDropPlan, settling: Double, tool: ProgramTool? = nil
  ) {
    self.command = command
    self.wanted = wanted
    self.plan = plan
    self.settling = settling
    self.tool = tool
    pace = SamplePace(wanted: wanted)
    samples = CheckSamples(isShrunk: plan.shrinksSlabs, pace: pace)
    // What is noted of the runs is room that is there before the first of them.
    iterations.reserveCapacity(wanted)
    sampled.reserveCapacity(wanted)
  }

  /// Runs the command until it fails, a signal asks to end, or it has run often enough.
  ///
  /// - Throws: `Failure` if memory can't be read.
  func run(_ signals: borrowing SignalMask) throws(Failure) {
    SteadyHeap.prepare()
    Orphans.adopt(true)
    defer { Orphans.adopt(false) }
    let others = Set(LiveFacts.children().map(\.pid))
    modules?.record()
    settle(signals)
    try sampleShrunk(isBefore: true)
    before = try CheckSampler.snapshot(.withoutLeaks)
    ticks.append(contentsOf: [LiveTicks.now()].compactMap(\.self))
    samples.addKernelThreads(LiveFacts.kernelThreads(), isBefore: true)
    for _ in 0..<pace.idleRounds where !signals.isEnding() {
      plan.release()
      samples.addIdle(try sampler.sample())
    }
    samples.add(try sampler.sample())
    isInterrupted = signals.isEnding()
    while iterations.count < wanted, goesOn, !isInterrupted {
      runOnce(signals)
      isInterrupted = isInterrupted || signals.isEnding()
      trace?.ran(iterations.count)
      try sampleAfterRun(signals)
    }
    traced = trace?.end()
    trace = nil
    leftProcesses = LiveFacts.children().filter { !others.contains($0.pid) }
    try sampleShrunk(isBefore: false)
    try rest(signals)
    samples.addKernelThreads(LiveFacts.kernelThreads(), isBefore: false)
    modules?.record()
    ticks.append(contentsOf: [LiveTicks.now()].compactMap(\.self))
    let after = try CheckSampler.snapshot(.withoutLeaks)
    self.after = after
    diff = before.map { DiffReport(from: MemoryModel($0), to: MemoryModel(after)) }
  }

  private func sampleAfterRun(_ signals: borrowing SignalMask) throws(Failure) {
    let isLast = iterations.count == wanted || !goesOn || isInterrupted
    guard isLast || pace.isSampled(after: iterations.count) else { return }
    sampled.append(BootClock.now)
    if isLast { settle(signals) } else { plan.release() }
    samples.add(try sampler.sample(), after: iterations.count)
  }

  /// Looks at memory for some seconds without the command, where something would be accused or named as left:
  /// what grows all the same isn't the command's.
  private func rest(_ signals: borrowing SignalMask) throws(Failure) {
    guard !isInterrupted, let first = iterations.first, let last = sampled.last,
      samples.series().contains(where: { $0.isLeak || $0.isLeft })
    else { return }
    plan.release()
    let (start, before) = (BootClock.now, try sampler.sample())
    let spent = last - first.start
    guard !signals.ending(until: start + min(15, max(3, spent / 4))) else {
      isInterrupted = true
      return
    }
    plan.release()
    let seconds = BootClock.now - start
    samples.addRest(
      from: before, to: try sampler.sample(), seconds: seconds,
      perIteration: spent / Double(iterations.count))
  }

  /// Takes the objects in use of slab caches, where a rate can be told and no lines of source count
  /// them.
  private func sampleShrunk(isBefore: Bool) throws(Failure) {
    guard !plan.shrinksSlabs, wanted >= CheckReport.decisive, CacheDrop.shrinkSlabs() == nil else {
      return
    }
    samples.addShrunk(try sampler.sample(), isBefore: isBefore)
  }

  private var goesOn: Bool { iterations.last.map { $0.status == 0 } ?? true }

  private func runOnce(_ signals: borrowing SignalMask) {
    let start = BootClock.now
    var run = tool?.run(iterations.count + 1) ?? CommandRun(command)
    run.adoptsOrphans = true
    let outcome = run.run(signals) {
      modules?.record()
      trace?.noteNames()
    }
    iterations.append(
      CheckIteration(
        start: start, seconds: BootClock.now - start, status: outcome.status))
    if case .notStarted(let error) = outcome { startFailure = "\(error)" }
    if case .signaled(2) = outcome { isInterrupted = true }
  }

  /// Waits for memory that the kernel frees late; a second at most once a signal asks to end.
  private func settle(_ signals: borrowing SignalMask) {
    plan.release()
    let end = BootClock.now + settling
    while BootClock.now < end {
      BootClock.wait(min(1, end - BootClock.now))
      if signals.isEnding() { break }
    }
    plan.release()
  }
}

extension CheckRun {
  /// When the first sample was taken, in seconds since boot.
  var start: Double? { before?.host.upTime }

  var moduleRecord: ModuleRecord? { modules?.noted }

  /// The iterations as spans of the ticks by which kmemleak dates its objects.
  var windows: IterationTickRanges? {
    guard let last = iterations.last, let clock = tickClock else { return nil }
    return IterationTickRanges(
      // Memory that deferred work allocates between two runs belongs to the first of them.
      iterations.map(\.start) + [last.start + last.seconds + settling], samples: sampled,
      sampler: LiveFacts.ownName, by: clock)
  }

  private var tickClock: TickClock? {
    if let first = ticks.first, let last = ticks.last, let clock = TickClock(first, last) {
      return clock
    }
    return after?.ticksPerSecond.map(TickClock.init)
  }
}
