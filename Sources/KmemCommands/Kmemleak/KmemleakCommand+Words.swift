import KmemControl
import KmemReport
import SystemPackage

extension KmemleakCommand {
  /// Why the command isn't given without `--yes`.
  var refusal: Failure {
    Failure(status: .usage, KmemleakRefusal.needsYes(command: text, loss))
  }

  private var loss: KmemleakRefusal.Loss {
    switch self {
    case .clear: .reported
    case .off: .tracking
    case .scan, .stopScanner, .startScanner, .scanEvery, .scanStacks, .dump: .nothing
    }
  }

  /// What the command has done, as a sentence.
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

extension KmemleakCommandRun {
  /// The failure that a refusal means.
  static func failure(_ command: KmemleakCommand, _ error: Errno) -> Failure {
    if case .dump(let address) = command, error == .invalidArgument {
      return Failure(status: .noSuchInput, KmemleakRefusal.noObject(address: address))
    }
    if error == .interrupted {
      return Failure(status: .interrupted, KmemleakRefusal.interrupted)
    }
    return KmemleakAccess.failure(command, error)
  }
}
