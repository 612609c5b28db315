/// What a command to kmemleak has done, for the user who gave it.
package enum KmemleakCommandWords {
  /// `scan=off` succeeded.
  package static let scannerStopped =
    "the automatic scanner is stopped; kmemcheck scan works without it"
  /// `scan=on` succeeded.
  package static let scannerRuns = "the automatic scanner runs, with the period it last had"
  /// `stack=on` succeeded.
  package static let stacksScanned =
    "task stacks are scanned: what they point to counts as referenced"
  /// `stack=off` succeeded.
  package static let stacksNotScanned =
    "task stacks are not scanned: stale pointers there hide no leak, and objects that only a stack "
    + "points to may be reported wrongly"
  /// `clear` succeeded.
  package static let forgotten = "all objects reported so far are forgotten"
  /// `off` succeeded.
  package static let disabled = "kmemleak is disabled until the next boot"
  /// A command without an effect to tell of succeeded.
  package static let done = "done"

  /// `scan=SECONDS` succeeded.
  package static func scannerRuns(everySeconds seconds: UInt32) -> String {
    "the automatic scanner runs every \(seconds) s"
  }

  /// The user asked for scans that are closer together than kmemleak's own minimum age of objects.
  package static let minimumAge =
    "kmemleak itself reports nothing younger than 5 s, whatever --min-age says"
}
