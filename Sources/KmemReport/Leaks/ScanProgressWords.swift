import KmemAnalysis

/// What a scan is doing, for those who wait.
package enum ScanProgressWords {
  /// Another kmemcheck uses kmemleak: the number of its process, where that is known.
  package static func waiting(forProcess process: String?) -> String {
    "waiting for another kmemcheck (process \(process ?? "unknown")) to be done with kmemleak"
  }

  package static let stoppingScanner = "waiting for the automatic scanner to stop"

  /// A scan runs, so many seconds so far.
  package static func scanning(number: Int, seconds: Double) -> String {
    "scan \(number): \(Amount.duration(seconds)) so far (Ctrl-C ends it)"
  }

  /// Objects must age for so many seconds more.
  package static func aging(left: Double) -> String {
    "waiting \(Amount.duration(left)) more before the next scan (kmemleak wants objects to age)"
  }

  package static let reading = "reading the report"
  package static let restoring = "leaving the automatic scanner as it was"
}
