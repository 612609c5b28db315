package import SystemPackage

/// What happened while kmemleak scanned: what a report rests on.
package struct ScanRecord: Sendable {
  /// One scan.
  package struct Scan: Hashable, Sendable {
    /// Seconds since boot.
    package let start: Double
    package let seconds: Double
    package let outcome: Outcome
  }

  /// How a scan ended.
  package enum Outcome: Hashable, Sendable {
    case complete
    /// We ended it ourselves.
    case aborted
    /// The program was stopped or the machine suspended meanwhile, which silently cuts a scan short.
    case disturbed
    case refused(Errno)
  }

  /// Why there is no result.
  package enum Trouble: Hashable, Sendable {
    case signal(CInt)
    /// A command was refused: the step that it belonged to, and why.
    case refused(KmemleakCommand, Errno)
    /// Scans were disturbed again and again.
    case disturbed
  }

  /// Seconds since boot when all of it began.
  package var start: Double
  package var scans: [Scan] = []
  package var trouble: Trouble?
  /// Whether the automatic scanner ran before; nothing where that can't be seen.
  package var wasScannerRunning: Bool?
  /// Whether a killed run had left it stopped.
  package var isRepair = false
  /// Whether it runs again; nothing where it wasn't to.
  package var isScannerRestored: Bool?
  /// Whether kmemleak took a command after the last scan; nothing if it wasn't asked.
  package var isAliveAtEnd: Bool?
  /// Why the scanner's state couldn't be noted for the case of a SIGKILL.
  package var noteTrouble: Errno?
  /// How many reports were read.
  package var readings = 0

  package init(start: Double) { self.start = start }

  package var completeScans: [Scan] { scans.filter { $0.outcome == .complete } }
}
