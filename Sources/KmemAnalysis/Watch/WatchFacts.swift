/// Whose memory was watched, when, and how well it could be seen.
package struct WatchFacts: Hashable, Sendable {
  package var hostname: String?
  package var release: String?
  package var bootID: String?
  /// Seconds since 1970 UTC at the first and the last sample.
  package var firstWall: Double?
  package var lastWall: Double?
  /// Seconds between samples that were asked for; nothing for a recorded series.
  package var interval: Double?
  /// Seconds of the time that had been recorded before.
  package var recorded = 0.0
  /// Where a recorded series was read from.
  package var origin: String?
  package var isInterrupted = false
  /// What couldn't be seen.
  package var remarks: [Gap] = []
  /// What to do next.
  package var next: [WatchStep] = []

  package init() {}

  /// What the watcher wasn't allowed to see.
  package enum Gap: Hashable, Sendable {
    /// Kinds of series whose files only root may read.
    case needsRoot([SeriesID.Kind])
    /// Other users' processes (`hidepid`).
    case hiddenProcesses
    /// So many series of a history are of no kind that this version knows.
    case unknownSeries(Int)
  }
}
