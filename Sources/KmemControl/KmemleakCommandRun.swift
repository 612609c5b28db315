import KmemParsers
package import SystemPackage

/// One command to kmemleak, given while no other kmemcheck uses it.
package struct KmemleakCommandRun {
  /// The command to give.
  package let command: KmemleakCommand
  private let path: String
  private let directory: String
  private let boot: String
  private let patience: Double

  /// Prepares a command; `boot` is the boot's id, by which a note of an earlier boot is told apart.
  package init(
    _ command: KmemleakCommand, boot: String, path: String = KmemleakFile.file.absolutePath,
    directory: String = ScannerLock.directory, patience: Double = ScannerLock.patience
  ) {
    self.patience = patience
    self.command = command
    self.boot = boot
    self.path = path
    self.directory = directory
  }

  /// Gives the command and waits for its end; returns the error if the kernel refuses it.
  ///
  /// If another kmemcheck scans, the command waits for it, as the kernel itself would make it wait;
  /// `.wouldBlock` if that takes longer than `ScannerLock.patience`.
  package func result() -> Errno? {
    let signals = SignalMask()
    let end = BootClock.now + patience
    var lock = ScannerLock.take(in: directory, boot: boot)
    while lock == nil {
      guard signals.ending() == nil else { return .interrupted }
      guard BootClock.now < end else { return .wouldBlock }
      sleepBriefly()
      lock = ScannerLock.take(in: directory, boot: boot)
    }
    let write = KernelWrite(command.text, to: path)
    while !write.waits(milliseconds: 100) {
      if signals.ending() != nil { write.abort() }
    }
    switch write.outcome {
    case .written?:
      // A user who sets the scanner decides: an older note must not change it back later.
      if command.setsScanner { lock?.forget() }
      return nil
    case .refused(let error)?: return error
    case .aborted?, nil: return .interrupted
    }
  }
}

extension KmemleakCommand {
  /// Whether the command decides if the automatic scanner runs.
  fileprivate var setsScanner: Bool {
    switch self {
    case .stopScanner, .startScanner, .scanEvery, .off: true
    case .scan, .scanStacks, .dump, .clear: false
    }
  }
}
