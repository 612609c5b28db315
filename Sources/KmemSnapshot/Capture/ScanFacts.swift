/// What a kmemleak report rests on, the scans before it: `kmemcheck/scan.json`.
package struct ScanFacts: SideFile, Hashable {
  /// Where the file lies below the root.
  package static let path = "kmemcheck/scan.json"
  /// The form of the file that is written and read, with its version.
  package static let schema = "kmemcheck.scan/1"

  /// One scan, in seconds since boot.
  package struct Scan: Hashable, Sendable, Codable {
    /// When it began, in seconds since boot.
    package let start: Double
    /// How long it took.
    package let seconds: Double
    /// How it ended.
    package let outcome: Outcome

    /// A scan with its end.
    package init(start: Double, seconds: Double, outcome: Outcome) {
      self.start = start
      self.seconds = seconds
      self.outcome = outcome
    }
  }

  /// How a scan ended.
  package enum Outcome: Hashable, Sendable, Codable {
    case complete
    /// kmemcheck ended it itself.
    case aborted
    /// The program was stopped or the machine suspended meanwhile, which cuts a scan short.
    case disturbed
    /// The kernel refused it, with the error's text.
    case refused(error: String)
    /// The scan doesn't count, for a reason that only the words of an earlier version tell.
    case other(words: String)
  }

  /// Why there is no result.
  package enum Trouble: Hashable, Sendable, Codable {
    case signal(number: Int32)
    /// kmemleak refused a command, with the error's text.
    case refused(command: String, error: String)
    /// Every scan was disturbed.
    case disturbed
    /// Only the words of an earlier version tell the reason.
    case other(words: String)
  }

  /// What became of the automatic scanner.
  ///
  /// `isRepair` says that a kmemcheck which was killed had left it stopped.
  package enum Scanner: Hashable, Sendable, Codable {
    case runsAgain(isRepair: Bool)
    case notStarted(isRepair: Bool)
    /// It is stopped, and whether it ran before can't be seen.
    case stopped
    /// Only the words of an earlier version tell.
    case other(words: String)
  }

  /// The form of the file, as it stands in the text.
  package let schema: String
  /// The scans, the earliest first.
  package let scans: [Scan]
  /// Seconds between the first two scans: what is younger isn't reported.
  package let minimumAge: Double
  /// How many reports were read; the last one is the one that counts.
  package let readings: Int
  /// Whether kmemleak took a command after the last scan; nothing if it wasn't asked.
  package let isAliveAtEnd: Bool?
  /// Why there is no result; nothing if there is one.
  package let trouble: Trouble?
  /// What became of the automatic scanner; nothing where it didn't run before.
  package let scanner: Scanner?
  /// Lines of the kernel log, from the beginning of the first scan on, that kmemleak has failed.
  package let alarms: [String]

  /// What those scans were worth.
  package init(
    scans: [Scan], minimumAge: Double, readings: Int, isAliveAtEnd: Bool?,
    trouble: Trouble? = nil, scanner: Scanner? = nil, alarms: [String] = []
  ) {
    schema = Self.schema
    self.scans = scans
    self.minimumAge = minimumAge
    self.readings = readings
    self.isAliveAtEnd = isAliveAtEnd
    self.trouble = trouble
    self.scanner = scanner
    self.alarms = alarms
  }

  /// The scans that ended by themselves.
  package var completeScans: [Scan] { scans.filter { $0.outcome == .complete } }

  /// Whether a signal ended it.
  package var isInterrupted: Bool {
    if case .signal? = trouble { return true }
    return false
  }

  /// Whether finding nothing is evidence: two complete scans, kmemleak alive, its log in order.
  package var isValid: Bool {
    completeScans.count >= 2 && readings > 0 && isAliveAtEnd == true && trouble == nil
      && alarms.isEmpty
  }
}
