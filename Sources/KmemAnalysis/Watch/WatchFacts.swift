/// Which machine was watched, when, and what of it couldn't be seen.
package struct WatchFacts: Hashable, Sendable {
  /// The host name; nil where it isn't known.
  package var hostname: String?
  /// The kernel's release as `uname -r` prints it; nil where it isn't known.
  package var release: String?
  /// `/proc/sys/kernel/random/boot_id` of the last boot watched; nil where it isn't known.
  package var bootID: String?
  /// Seconds since 1970 UTC at the first sample; nil where no clock was recorded.
  package var firstWall: Double?
  /// Seconds since 1970 UTC at the last sample; nil where no clock was recorded.
  package var lastWall: Double?
  /// The seconds between samples that the user asked for; nil for a recorded series.
  package var interval: Double?
  /// How many seconds of the time had been recorded before this run.
  package var recorded = 0.0
  /// The file that a recorded series was read from; nil for live samples.
  package var origin: String?
  /// Whether a signal ended the watch before its time.
  package var isInterrupted = false
  /// What the descriptors are of processes whose open files grow, by pid.
  package var descriptors: [Int: DescriptorKinds] = [:]
  /// The processes that the user asked about and that ended while they were watched.
  package var ended: [EndedProcess] = []
  /// What couldn't be seen of the machine.
  package var remarks: [Gap] = []
  /// What the user can do next.
  package var next: [WatchNextStep] = []

  /// Begins without facts; the caller sets those it knows.
  package init() {}

  /// Sources that kmemcheck wasn't allowed to read, or can't understand.
  package enum Gap: Hashable, Sendable {
    /// Kinds of series whose files only root may read.
    case needsRoot([SeriesID.Kind])
    /// The program runs in a container; in one of an ordinary user's even root is none of the host.
    case container(isRootless: Bool)
    /// The processes of other users (`hidepid`).
    case hiddenProcesses
    /// This many series of a history are of a kind that this version doesn't know.
    case unknownSeries(Int)
    /// So many spans of a series in which captures are missing, the longest in seconds.
    case pauses(count: Int, longest: Double)
    /// Captures of so many other boots lie beside those of the boot that is judged.
    case otherBoots(Int)
    /// Of so many moments of texts so many are judged: longer texts than fit are read in even steps.
    case passedOver(kept: Int, of: Int)
    /// So many files are no captures, or don't tell their time.
    case leftOut(Int)
  }
}
