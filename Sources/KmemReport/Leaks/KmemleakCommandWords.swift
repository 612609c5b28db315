/// What kmemleak's own commands have done.
package enum KmemleakCommandWords {
  package static let scannerStopped =
    "the automatic scanner is stopped; kmemcheck scan works without it"
  package static let scannerRuns = "the automatic scanner runs, with the period it last had"
  package static let stacksScanned =
    "task stacks are scanned: what they point to counts as referenced"
  package static let stacksNotScanned =
    "task stacks are not scanned: stale pointers there hide no leak, and objects that only a stack "
    + "points to may be reported wrongly"
  package static let forgotten = "all objects reported so far are forgotten"
  package static let disabled = "kmemleak is disabled until the next boot"
  package static let done = "done"

  package static func scannerRuns(everySeconds seconds: UInt32) -> String {
    "the automatic scanner runs every \(seconds) s"
  }

  /// The scans wait for less than kmemleak's own minimum.
  package static let minimumAge =
    "kmemleak itself reports nothing younger than 5 s, whatever --min-age says"
}
