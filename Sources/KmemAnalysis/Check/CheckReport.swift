/// One time that the command ran.
package struct CheckIteration: Hashable, Sendable {
  /// Seconds since boot.
  package let start: Double
  package let seconds: Double
  /// What a shell would give.
  package let status: Int32

  package init(start: Double, seconds: Double, status: Int32) {
    self.start = start
    self.seconds = seconds
    self.status = status
  }
}

/// What a command left behind in the kernel.
package struct CheckReport: Sendable {
  package let command: [String]
  /// How often it was to run.
  package let wanted: Int
  package let iterations: [CheckIteration]
  /// Only the objects allocated while the command ran; nothing without kmemleak.
  package let leaks: LeakReport?
  /// Why there is none.
  package let kmemleakAbsence: KmemleakAbsence?
  /// What changed from before the first iteration to after the last.
  package let diff: DiffReport
  package let series: [CheckSeries]
  /// What the kernel was made to give back before each sample, and what it refused.
  package let drops: CacheDrops
  package let isInterrupted: Bool

  package init(
    command: [String], wanted: Int, iterations: [CheckIteration], leaks: LeakReport?,
    kmemleakAbsence: KmemleakAbsence?, diff: DiffReport, series: [CheckSeries], drops: CacheDrops,
    isInterrupted: Bool
  ) {
    self.command = command
    self.wanted = wanted
    self.iterations = iterations
    self.leaks = leaks
    self.kmemleakAbsence = kmemleakAbsence
    self.diff = diff
    self.series = series
    self.drops = drops
    self.isInterrupted = isInterrupted
  }

  /// What grew from before the first iteration to after the last.
  package var growth: Growth { diff.growth }

  /// The amounts that every iteration raised.
  package var leaking: [CheckSeries] { series.filter(\.isLeak) }

  /// What kmemleak lost per iteration, all groups together; nothing where it can't be told apart.
  package var lostPerIteration: IterationLosses? {
    leaks.flatMap { IterationLosses($0.groups) }
  }

  /// The command's own status where it failed.
  package var failure: Int32? { iterations.last.map(\.status).flatMap { $0 == 0 ? nil : $0 } }
}
