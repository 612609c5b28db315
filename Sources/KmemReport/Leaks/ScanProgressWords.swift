import KmemAnalysis

/// What a scan is doing, for the user who waits.
package enum ScanProgressWords {
  /// Another kmemcheck uses kmemleak: the number of its process, where that is known.
  package static func waiting(forProcess process: String?) -> String {
    "waiting for another kmemcheck (process \(process ?? "unknown")) to be done with kmemleak"
  }

  /// The kernel's scanner is in the middle of a scan.
  package static let stoppingScanner = "waiting for the automatic scanner to stop"

  /// A scan runs, and has taken this long.
  package static func scanning(number: Int, seconds: Double) -> String {
    "scan \(number): \(Amount.duration(seconds)) so far (Ctrl-C ends it)"
  }

  /// Objects must age for this many seconds more before a scan reports them.
  package static func aging(left: Double) -> String {
    "waiting \(Amount.duration(left)) more before the next scan (kmemleak wants objects to age)"
  }

  /// The scans are done.
  package static let reading = "reading the report"
  /// The report has been read.
  package static let restoring = "leaving the automatic scanner as it was"
}
