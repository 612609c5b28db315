/// After which runs of a command memory is sampled.
///
/// What is kept of samples must not grow with the number of runs, and more of them than this don't
/// make a verdict surer: lines are drawn through 120 points at most.
package struct SamplePace: Hashable, Sendable {
  /// A sample is taken after each so manieth run.
  package let stride: Int
  /// How often the command is to run.
  package let wanted: Int

  /// The most samples that are taken after runs.
  private static let most = 256
  /// Samples without a run before the first one, by which the check measures itself.
  package let idleRounds: Int

  /// The pace for a command that is to run so often.
  ///
  /// Where no rate is told, two samples suffice to warm up; else a rate of the check's own has to
  /// be seen, as surely as one of the command's.
  package init(wanted: Int) {
    self.wanted = max(1, wanted)
    stride = max(1, (self.wanted + Self.most - 1) / Self.most)
    idleRounds = self.wanted < IterationTrend.fewest ? 2 : 8
  }

  /// How many samples there may be in all: the idle ones, the one before the first run, and one that
  /// ends the check early.
  var rows: Int { idleRounds + wanted / stride + 3 }

  /// Whether memory is sampled after that run.
  package func isSampled(after run: Int) -> Bool { run % stride == 0 || run >= wanted }
}
