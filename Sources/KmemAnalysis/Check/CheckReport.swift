package import KmemSnapshot

/// One run of the command.
package struct CheckIteration: Hashable, Sendable {
  /// When the run began, in seconds since boot.
  package let start: Double
  /// How long the run took.
  package let seconds: Double
  /// The command's status as a shell gives it: 128 and the signal where a signal ended it.
  package let status: Int32

  /// Notes one run of the command.
  package init(start: Double, seconds: Double, status: Int32) {
    self.start = start
    self.seconds = seconds
    self.status = status
  }
}

/// What a command left behind in the kernel.
package struct CheckReport: Sendable {
  /// The command and its arguments.
  package let command: [String]
  /// How often the command was to run.
  package let wanted: Int
  /// The runs, the last of which may have failed or been interrupted.
  package let iterations: [CheckIteration]
  /// The objects that kmemleak reports, of those allocated while the command ran; nil without
  /// kmemleak.
  package let leaks: LeakReport?
  /// Why `leaks` is nil; nil where it isn't.
  package let kmemleakAbsence: KmemleakAbsence?
  /// What changed from before the first iteration to after the last.
  package let diff: DiffReport
  /// The amounts that changed, the worst first.
  package let series: [CheckSeries]
  /// After how many runs memory was sampled; 0 is before the first.
  package let sampledAfter: [Int]
  /// What the kernel was made to give back before each sample, and what it refused.
  package let drops: CacheDrops
  /// Whether a signal ended the check before its time.
  package let isInterrupted: Bool
  /// The processes that the command started and that run on; nil where that isn't known.
  package var leftProcesses: [ChildProcess]?
  /// Who kept what was allocated while the command ran; nil where that wasn't traced.
  package var trace: TraceReport?
  /// What a tool says of the command's own leaks; nil where it wasn't run under one.
  package var programs: ProgramCheck?

  /// Makes the report of the facts that a check collected.
  package init(
    command: [String], wanted: Int, iterations: [CheckIteration], leaks: LeakReport?,
    kmemleakAbsence: KmemleakAbsence?, diff: DiffReport, series: [CheckSeries],
    sampledAfter: [Int] = [], drops: CacheDrops,
    isInterrupted: Bool
  ) {
    self.command = command
    self.wanted = wanted
    self.iterations = iterations
    self.leaks = leaks
    self.kmemleakAbsence = kmemleakAbsence
    self.diff = diff
    self.series = series
    self.sampledAfter = sampledAfter
    self.drops = drops
    self.isInterrupted = isInterrupted
  }

  /// What grew from before the first iteration to after the last.
  package var growth: Growth { diff.growth }

  /// The amounts that every iteration raised.
  package var leaking: [CheckSeries] { series.filter(\.isLeak) }

  /// What one iteration lost by kmemleak's report, all groups together; nil where objects weren't
  /// put down to iterations.
  package var lostPerIteration: IterationLosses? {
    leaks.flatMap { IterationLosses($0.groups) }
  }

  /// The status of the last run where the command failed; nil where it succeeded, and where the status
  /// may be that of a tool that failed.
  package var failure: Int32? {
    guard programs?.hasToolFailed != true else { return nil }
    return iterations.last.map(\.status).flatMap { $0 == 0 ? nil : $0 }
  }
}
