/// How much is read of processes, and how long that may take.
package struct ProcessBudget: Hashable, Sendable {
  /// Milliseconds for what walks or waits for a process's memory: its sums and its command line.
  ///
  /// The largest processes are read first; those for which no time is left are told as skipped.
  package var milliseconds: Double
  /// Whether sums, without which PSS and USS aren't known, and command lines are read at all.
  package var readsMemory: Bool
  /// Whether open descriptors are counted.
  package var countsDescriptors: Bool
  /// The only processes that are read, with their children; all where it's empty.
  package var pids: Set<Int>

  /// A budget; what is left out is what `snap` takes.
  package init(
    milliseconds: Double = 2000, readsMemory: Bool = true, countsDescriptors: Bool = true,
    pids: Set<Int> = []
  ) {
    self.milliseconds = milliseconds
    self.readsMemory = readsMemory
    self.countsDescriptors = countsDescriptors
    self.pids = pids
  }
}
