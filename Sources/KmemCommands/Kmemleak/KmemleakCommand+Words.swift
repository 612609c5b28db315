import KmemControl
import KmemReport
import SystemPackage

extension KmemleakCommand {
  /// Why it isn't done unasked.
  var refusal: Failure {
    Failure(status: .usage, message: KmemleakWords.refusal(of: text, loss: loss))
  }

  private var loss: String {
    switch self {
    case .clear: KmemleakWords.lostByClear
    case .off: KmemleakWords.lostByOff
    case .scan, .stopScanner, .startScanner, .scanEvery, .scanStacks, .dump:
      KmemleakWords.nothingLost
    }
  }

  /// What has been done, as a sentence.
  var effect: String {
    switch self {
    case .stopScanner: KmemleakWords.scannerStopped
    case .startScanner: KmemleakWords.scannerRuns
    case .scanEvery(let seconds): KmemleakWords.scannerRuns(everySeconds: seconds)
    case .scanStacks(true): KmemleakWords.stacksScanned
    case .scanStacks(false): KmemleakWords.stacksNotScanned
    case .clear: KmemleakWords.forgotten
    case .off: KmemleakWords.disabled
    case .scan, .dump: KmemleakWords.done
    }
  }
}

extension KmemleakOrder {
  /// The failure that a refusal means.
  static func failure(_ command: KmemleakCommand, _ error: Errno) -> Failure {
    if case .dump(let address) = command, error == .invalidArgument {
      return Failure(status: .noSuchInput, message: KmemleakWords.noObject(at: address))
    }
    if error == .interrupted {
      return Failure(status: .interrupted, message: KmemleakWords.interrupted)
    }
    return KmemleakGate.failure(command, "\(error)")
  }
}
