package import SystemPackage

/// What happened while kmemleak scanned, which decides how much a report proves.
package struct ScanRecord: Sendable {
  /// One scan.
  package struct Scan: Hashable, Sendable {
    /// When the scan began, in seconds since boot.
    package let start: Double
    /// How long the scan took.
    package let seconds: Double
    /// How the scan ended.
    package let outcome: Outcome
  }

  /// How a scan ended.
  package enum Outcome: Hashable, Sendable {
    case complete
    /// kmemcheck ended the scan itself.
    case aborted
    /// The program was stopped or the machine suspended meanwhile, which silently cuts a scan
    /// short.
    case disturbed
    case refused(Errno)
  }

  /// Why there is no result.
  package enum Trouble: Hashable, Sendable {
    case signal(CInt)
    /// A command was refused, with the error.
    case refused(KmemleakCommand, Errno)
    /// Scans were disturbed again and again.
    case disturbed
  }

  /// When the first step began, in seconds since boot.
  package var start: Double
  /// All scans since the last baseline, also those that don't count.
  package var scans: [Scan] = []
  /// Why there is no result; nil if there is one.
  package var trouble: Trouble?
  /// Whether the automatic scanner ran before; nothing where that can't be seen.
  package var wasScannerRunning: Bool?
  /// Whether the scanner was stopped by an earlier run that was killed.
  package var isRepair = false
  /// Whether the scanner runs again; nil if it wasn't to run.
  package var isScannerRestored: Bool?
  /// Whether kmemleak took a command after the last scan, which proves that it is alive; nil if
  /// none was given.
  package var isAliveAtEnd: Bool?
  /// Why the scanner's state couldn't be noted for the case of a SIGKILL.
  package var noteTrouble: Errno?
  /// How many reports were read.
  package var readings = 0

  /// Begins without scans; `start` is in seconds since boot.
  package init(start: Double) { self.start = start }

  /// The scans that count.
  package var completeScans: [Scan] { scans.filter { $0.outcome == .complete } }
}
