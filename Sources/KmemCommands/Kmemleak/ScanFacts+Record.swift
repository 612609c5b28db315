import KmemAnalysis
import KmemControl
import KmemSnapshot

extension ScanFacts {
  /// The facts of scans that the analysis needs, with the kernel log since the scans began.
  init(_ record: ScanRecord, minimumAge: Double, log: [String]) {
    self.init(
      scans: record.scans.map {
        .init(start: $0.start, seconds: $0.seconds, outcome: Outcome($0.outcome))
      },
      minimumAge: minimumAge, readings: record.readings, isAliveAtEnd: record.isAliveAtEnd,
      trouble: record.trouble.map(Trouble.init), scanner: Scanner(record),
      alarms: Self.alarms(in: log))
  }
}

extension ScanFacts.Outcome {
  fileprivate init(_ outcome: ScanRecord.Outcome) {
    switch outcome {
    case .complete: self = .complete
    case .aborted: self = .aborted
    case .disturbed: self = .disturbed
    case .refused(let error): self = .refused(error: "\(error)")
    }
  }
}

extension ScanFacts.Trouble {
  fileprivate init(_ trouble: ScanRecord.Trouble) {
    switch trouble {
    case .signal(let number): self = .signal(number: number)
    case .refused(let command, let error):
      self = .refused(command: command.text, error: "\(error)")
    case .disturbed: self = .disturbed
    }
  }
}

extension ScanFacts.Scanner {
  /// What became of the scanner; nil where it didn't run before and wasn't to be started.
  fileprivate init?(_ record: ScanRecord) {
    switch record.isScannerRestored {
    case true?: self = .runsAgain(isRepair: record.isRepair)
    case false?: self = .notStarted(isRepair: record.isRepair)
    case nil:
      guard record.wasScannerRunning == nil else { return nil }
      self = .stopped
    }
  }
}
