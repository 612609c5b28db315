extension ScanFacts {
  private enum Key: String, CodingKey {
    case schema, scans, minimumAge, readings, isAliveAtEnd, trouble, scanner, alarms
  }

  /// Reads the present form, and the one before it, which had sentences and no schema.
  ///
  /// - Throws: an error of the decoder for anything else.
  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    let isTyped = fields.contains(.schema)
    self.init(
      scans: isTyped
        ? try fields.decode([Scan].self, forKey: .scans)
        : try fields.decode([WordedScan].self, forKey: .scans).map(\.scan),
      minimumAge: try fields.decode(Double.self, forKey: .minimumAge),
      readings: try fields.decode(Int.self, forKey: .readings),
      isAliveAtEnd: try fields.decodeIfPresent(Bool.self, forKey: .isAliveAtEnd),
      trouble: isTyped
        ? try fields.decodeIfPresent(Trouble.self, forKey: .trouble)
        : try fields.decodeIfPresent(String.self, forKey: .trouble).map(Trouble.init(words:)),
      scanner: isTyped
        ? try fields.decodeIfPresent(Scanner.self, forKey: .scanner)
        : try fields.decodeIfPresent(String.self, forKey: .scanner).map(Scanner.init(words:)),
      alarms: try fields.decode([String].self, forKey: .alarms))
  }
}

/// A scan in the form without a schema: a sentence says why it doesn't count.
private struct WordedScan: Decodable {
  let start: Double
  let seconds: Double
  let fault: String?

  var scan: ScanFacts.Scan {
    ScanFacts.Scan(
      start: start, seconds: seconds,
      outcome: fault.map(ScanFacts.Outcome.init(words:)) ?? .complete)
  }
}

// The sentences that kmemcheck wrote before the file had a schema; they stay as they were then.

extension ScanFacts.Outcome {
  fileprivate init(words: String) {
    if words == "it was interrupted" {
      self = .aborted
    } else if words == "the program was stopped, or the machine suspended, meanwhile" {
      self = .disturbed
    } else if let error = words.behind("refused: ") {
      self = .refused(error: error)
    } else {
      self = .other(words: words)
    }
  }
}

extension ScanFacts.Trouble {
  fileprivate init(words: String) {
    let disturbed =
      "the program was stopped or the machine suspended during every scan, which cuts scans short"
    if words == disturbed {
      self = .disturbed
    } else if let number = words.behind("interrupted by signal ").flatMap(Int32.init) {
      self = .signal(number: number)
    } else if let rest = words.behind("kmemleak refused \""),
      let end = rest.firstRange(of: "\": ")
    {
      self = .refused(
        command: String(rest[..<end.lowerBound]), error: String(rest[end.upperBound...]))
    } else {
      self = .other(words: words)
    }
  }
}

extension ScanFacts.Scanner {
  fileprivate init(words: String) {
    let repair = "; an earlier kmemcheck was killed and had left it stopped"
    let runs = "the automatic scanner was stopped meanwhile and runs again"
    let failed = "the automatic scanner could not be started again"
    let remedy = "; try kmemcheck kmemleak scan=on"
    switch words {
    case runs: self = .runsAgain(isRepair: false)
    case runs + repair: self = .runsAgain(isRepair: true)
    case failed + remedy: self = .notStarted(isRepair: false)
    case failed + repair + remedy: self = .notStarted(isRepair: true)
    case "whether the automatic scanner ran before can't be seen; it is stopped now":
      self = .stopped
    default: self = .other(words: words)
    }
  }
}

extension String {
  /// What follows a beginning; nothing if the text has another one.
  fileprivate func behind(_ beginning: String) -> String? {
    hasPrefix(beginning) ? String(dropFirst(beginning.count)) : nil
  }
}
