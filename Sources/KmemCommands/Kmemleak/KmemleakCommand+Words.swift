import KmemControl
import KmemReport
import SystemPackage

extension KmemleakCommand {
  /// Why it isn't done unasked.
  var refusal: Failure {
    Failure(status: .usage, message: KmemleakCommandWords.refusal(of: text, loss: loss))
  }

  private var loss: String {
    switch self {
    case .clear: KmemleakCommandWords.lostByClear
    case .off: KmemleakCommandWords.lostByOff
    case .scan, .stopScanner, .startScanner, .scanEvery, .scanStacks, .dump:
      KmemleakCommandWords.nothingLost
    }
  }

  /// What has been done, as a sentence.
  var effect: String {
    switch self {
    case .stopScanner: KmemleakCommandWords.scannerStopped
    case .startScanner: KmemleakCommandWords.scannerRuns
    case .scanEvery(let seconds): KmemleakCommandWords.scannerRuns(everySeconds: seconds)
    case .scanStacks(true): KmemleakCommandWords.stacksScanned
    case .scanStacks(false): KmemleakCommandWords.stacksNotScanned
    case .clear: KmemleakCommandWords.forgotten
    case .off: KmemleakCommandWords.disabled
    case .scan, .dump: KmemleakCommandWords.done
    }
  }
}

extension KmemleakOrder {
  /// The failure that a refusal means.
  static func failure(_ command: KmemleakCommand, _ error: Errno) -> Failure {
    if case .dump(let address) = command, error == .invalidArgument {
      return Failure(status: .noSuchInput, message: KmemleakCommandWords.noObject(at: address))
    }
    if error == .interrupted {
      return Failure(status: .interrupted, message: KmemleakCommandWords.interrupted)
    }
    return KmemleakGate.failure(command, "\(error)")
  }
}
