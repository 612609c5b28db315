/// The processes of one moment, with how many of them could be measured.
package struct ProcessList: Hashable, Sendable {
  /// By pid, kernel threads too.
  package let records: [ProcessRecord]
  /// Of how many of them the memory could be measured.
  package let coverage: ProcessCoverage
  /// The pid of kmemcheck itself, where it read them.
  package let reader: Int?

  /// A list of those processes.
  package init(records: [ProcessRecord], coverage: ProcessCoverage, reader: Int? = nil) {
    self.records = records
    self.coverage = coverage
    self.reader = reader
  }
}

/// Of how many processes the memory could be measured.
package struct ProcessCoverage: Hashable, Sendable {
  /// Processes with memory of their own.
  package var processes = 0
  /// Threads of the kernel, which have no memory of their own.
  package var kernelThreads = 0
  /// Those of which PSS and USS are known: `smaps_rollup` or `smaps` was read.
  package var measured = 0
  /// Those that may not be read.
  package var denied = 0
  /// Those for which no time was left, or that took too long.
  package var skipped = 0
  /// Those of which the capture holds neither file, or reading failed.
  package var absent = 0
  /// Whether other users' processes are hidden altogether (`hidepid`), so that sums are too small.
  package var hidesOthers = false
  /// What reading took, in milliseconds; nothing where that isn't known.
  package var milliseconds: Double?

  /// No process was met yet.
  package init() {}
}

extension ProcessCoverage {
  init(_ records: [ProcessRecord], facts: ProcessFacts?) {
    kernelThreads = records.count { $0.isKernelThread }
    for record in records where record.hasMemory {
      processes += 1
      switch record.mapsMissing {
      case nil: measured += 1
      case .denied: denied += 1
      case .skipped, .timedOut: skipped += 1
      default: absent += 1
      }
    }
    guard let facts else { return }
    // In every pid namespace there is a process 1, unless it is hidden.
    hidesOthers = facts.hidden > 0 || !records.contains { $0.pid == 1 }
    milliseconds = facts.milliseconds
  }
}
