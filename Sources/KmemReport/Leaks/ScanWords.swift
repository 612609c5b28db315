import KmemAnalysis
package import KmemSnapshot

/// Whether scans count, and why, in sentences.
package struct ScanWords {
  private let scan: ScanFacts

  init(_ scan: ScanFacts) { self.scan = scan }

  /// The scans that the report rests on.
  var sentences: [String] {
    [scans, readings, life, scan.scanner?.words].compactMap(\.self)
  }

  /// Why `check` didn't run its command: the scans before it don't count.
  package static func commandNotRun(_ scan: ScanFacts?) -> String {
    let doubts = scan?.doubts.map(\.words).joined(separator: "; ")
    return "the command wasn't run: \(doubts ?? "kmemleak could not scan before it")"
  }

  /// `2 complete scans`.
  var scansInShort: String {
    let count = scan.completeScans.count
    return "\(count) complete \(count == 1 ? "scan" : "scans")"
  }

  /// `, the first two 5.1 s apart`.
  private var gap: String {
    let complete = scan.completeScans
    guard complete.count > 1 else { return "" }
    let gap = complete[1].start - complete[0].start - complete[0].seconds
    return ", the first two \(Amount.duration(gap)) apart"
  }

  private var scans: String {
    let faults = scan.scans.compactMap(\.outcome.fault)
    let longest = scan.completeScans.map(\.seconds).max() ?? 0
    let times = scan.completeScans.isEmpty ? "" : ", \(Amount.duration(longest)) at most each"
    return scansInShort + gap + times + faults.map { "; one didn't count: \($0)" }.joined()
  }

  private var readings: String? {
    guard scan.readings > 1 else { return nil }
    return "\(scan.readings) readings of the report; the last one is shown"
  }

  private var life: String? {
    switch scan.isAliveAtEnd {
    case true?:
      scan.alarms.isEmpty
        ? "kmemleak was alive after the last scan, and its log holds no failure" : nil
    case false?: "kmemleak took no command after the last scan: it is disabled"
    case nil: nil
    }
  }
}

extension ScanFacts.Outcome {
  /// Why the scan doesn't count; nothing for a complete one.
  var fault: String? {
    switch self {
    case .complete: nil
    case .aborted: "it was interrupted"
    case .disturbed: "the program was stopped, or the machine suspended, meanwhile"
    case .refused(let error): "refused: \(error)"
    case .other(let words): words
    }
  }
}

extension ScanFacts.Trouble {
  var words: String {
    switch self {
    case .signal(let number): "interrupted by signal \(number)"
    case .refused(let command, let error): "kmemleak refused \"\(command)\": \(error)"
    case .disturbed:
      "the program was stopped or the machine suspended during every scan, which cuts scans short"
    case .other(let words): words
    }
  }
}

extension ScanFacts.Scanner {
  var words: String {
    switch self {
    case .runsAgain(let isRepair):
      "the automatic scanner was stopped meanwhile and runs again\(Self.repair(isRepair))"
    case .notStarted(let isRepair):
      "the automatic scanner could not be started again\(Self.repair(isRepair)); try kmemcheck "
        + "kmemleak scan=on"
    case .stopped: "whether the automatic scanner ran before can't be seen; it is stopped now"
    case .other(let words): words
    }
  }

  private static func repair(_ isRepair: Bool) -> String {
    isRepair ? "; an earlier kmemcheck was killed and had left it stopped" : ""
  }
}
