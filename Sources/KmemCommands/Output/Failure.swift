import KmemHistory
import KmemReport
import KmemSources

/// Why a command can't go on: a sentence with its remedy, and the exit status.
struct Failure: Error {
  let status: ExitStatus
  let message: String
}

extension Failure {
  /// The failure that a refusal means, in its words.
  init(status: ExitStatus, _ refusal: some Refusal) {
    self.init(status: status, message: refusal.sentence)
  }

  /// The failure that an error of any layer means.
  init(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as HistoryError: self.init(error)
    case let error as SourceError: self.init(status: ExitStatus(error.kind), message: error.message)
    default: self.init(status: .badData, message: "\(error)")
    }
  }
}

extension Failure {
  /// Does what a lower layer may refuse.
  ///
  /// - Throws: its error as a failure.
  static func ifAny(_ body: () throws(SourceError) -> Void) throws(Failure) {
    do {
      try body()
    } catch {
      throw Failure(error)
    }
  }
}

extension Failure {
  /// The failure that a history which can't be used means.
  init(_ error: HistoryError) {
    let status: ExitStatus =
      switch error.kind {
      case .foreign, .newer, .damaged, .tooLarge: .badData
      case .cannotOpen, .busy, .full, .failed: .cannotWrite
      }
    self.init(status: status, message: error.sentence)
  }
}

extension ExitStatus {
  init(_ kind: SourceError.Kind) {
    switch kind {
    case .noSuchInput: self = .noSuchInput
    case .badData: self = .badData
    case .notPermitted: self = .notPermitted
    case .cannotWrite: self = .cannotWrite
    case .usage: self = .usage
    case .unavailable: self = .unavailable
    }
  }
}
