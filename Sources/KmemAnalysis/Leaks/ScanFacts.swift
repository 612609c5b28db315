/// What a kmemleak report rests on: the scans before it, and whether they count.
package struct ScanFacts: Hashable, Sendable, Codable {
  /// One scan, in seconds since boot.
  package struct Scan: Hashable, Sendable, Codable {
    package let start: Double
    package let seconds: Double
    /// Why it doesn't count; nothing for a complete one.
    package let fault: String?

    package init(start: Double, seconds: Double, fault: String?) {
      self.start = start
      self.seconds = seconds
      self.fault = fault
    }
  }

  package let scans: [Scan]
  /// Seconds between the first two scans: what is younger isn't reported.
  package let minimumAge: Double
  /// How many reports were read; the last one is the one that counts.
  package let readings: Int
  /// Whether kmemleak took a command after the last scan; nothing if it wasn't asked.
  package let isAliveAtEnd: Bool?
  /// Why there is no result, as a sentence.
  package let trouble: String?
  /// Whether a signal ended it.
  package let isInterrupted: Bool
  /// What became of the automatic scanner, as a sentence.
  package let scanner: String?
  /// Lines of the kernel log, from the beginning of the first scan on, that kmemleak has failed.
  package let alarms: [String]

  package init(
    scans: [Scan], minimumAge: Double, readings: Int, isAliveAtEnd: Bool?, trouble: String?,
    isInterrupted: Bool, scanner: String?, log: [String]
  ) {
    self.scans = scans
    self.minimumAge = minimumAge
    self.readings = readings
    self.isAliveAtEnd = isAliveAtEnd
    self.trouble = trouble
    self.isInterrupted = isInterrupted
    self.scanner = scanner
    let lines = KmemleakLog(lines: log)
    alarms = [lines.reason?.line, lines.disabled].compactMap(\.self)
  }

  package var completeScans: [Scan] { scans.filter { $0.fault == nil } }

  /// Whether finding nothing is evidence: two complete scans, kmemleak alive, its log in order.
  package var isValid: Bool {
    completeScans.count >= 2 && readings > 0 && isAliveAtEnd == true && trouble == nil
      && alarms.isEmpty
  }

  /// Why the scans don't count, as sentences; none if they do.
  package var doubts: [String] {
    var doubts = [trouble].compactMap(\.self)
    if trouble == nil, completeScans.count < 2 {
      doubts.append("only \(completeScans.count) of the 2 scans needed were complete")
    }
    if trouble == nil, isAliveAtEnd == false {
      doubts.append("kmemleak was disabled before the end")
    }
    return doubts + alarms.map { "kernel log: \($0)" }
  }
}
