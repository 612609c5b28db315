import KmemAnalysis
import KmemControl

extension ScanFacts {
  /// What the analysis needs of what happened, with the kernel log since then.
  init(_ record: ScanRecord, minimumAge: Double, log: [String]) {
    self.init(
      scans: record.scans.map {
        Scan(start: $0.start, seconds: $0.seconds, fault: $0.outcome.fault)
      },
      minimumAge: minimumAge, readings: record.readings, isAliveAtEnd: record.isAliveAtEnd,
      trouble: record.trouble.map(Self.sentence),
      isInterrupted: record.isInterrupted,
      scanner: Self.scanner(record), log: log)
  }

  private static func sentence(_ trouble: ScanRecord.Trouble) -> String {
    switch trouble {
    case .signal(let number): "interrupted by signal \(number)"
    case .refused(let command, let error): "kmemleak refused \"\(command.text)\": \(error)"
    case .disturbed:
      "the program was stopped or the machine suspended during every scan, which cuts scans short"
    }
  }

  private static func scanner(_ record: ScanRecord) -> String? {
    let repair =
      record.isRepair ? "; an earlier kmemcheck was killed and had left it stopped" : ""
    switch record.isScannerRestored {
    case true?: return "the automatic scanner was stopped meanwhile and runs again\(repair)"
    case false?:
      return "the automatic scanner could not be started again\(repair); try kmemcheck kmemleak "
        + "scan=on"
    case nil:
      guard record.wasScannerRunning == nil else { return nil }
      return "whether the automatic scanner ran before can't be seen; it is stopped now"
    }
  }
}

extension ScanRecord {
  var isInterrupted: Bool {
    if case .signal? = trouble { return true }
    return false
  }
}

extension ScanRecord.Outcome {
  /// Why the scan doesn't count.
  fileprivate var fault: String? {
    switch self {
    case .complete: nil
    case .aborted: "it was interrupted"
    case .disturbed: "the program was stopped, or the machine suspended, meanwhile"
    case .refused(let error): "refused: \(error)"
    }
  }
}
