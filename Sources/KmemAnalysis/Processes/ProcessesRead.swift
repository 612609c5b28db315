package import KmemSnapshot

/// Of how many processes the memory could be measured, and why of no more.
package struct ProcessesRead: Hashable, Sendable {
  /// Processes with memory of their own; kernel threads have none.
  package let processes: Int
  package let kernelThreads: Int
  /// Those whose PSS and USS are known.
  package let measured: Int
  package let denied: Int
  /// Those for which no time was left, or which took too long.
  package let skipped: Int
  /// Those whose `smaps_rollup` isn't in the capture.
  package let absent: Int
  /// Whether other users' processes can't even be seen (`hidepid`).
  package let hidesOthers: Bool

  package init(_ coverage: ProcessCoverage) {
    processes = coverage.processes
    kernelThreads = coverage.kernelThreads
    measured = coverage.measured
    denied = coverage.denied
    skipped = coverage.skipped
    absent = coverage.absent
    hidesOthers = coverage.hidesOthers
  }

  /// Whether all there are were measured.
  package var isWhole: Bool { measured == processes && !hidesOthers }
}
