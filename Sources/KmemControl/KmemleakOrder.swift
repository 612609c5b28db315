import KmemParsers
package import SystemPackage

/// One command to kmemleak, given while no other kmemcheck uses it.
package struct KmemleakOrder {
  package let command: KmemleakCommand
  private let path: String
  private let directory: String
  private let boot: String

  package init(
    _ command: KmemleakCommand, boot: String, path: String = KmemleakFile.file.absolutePath,
    directory: String = ScannerKeeper.directory
  ) {
    self.command = command
    self.boot = boot
    self.path = path
    self.directory = directory
  }

  /// Gives the command and waits for its end; the error if it was refused.
  ///
  /// Waits for a scan of another kmemcheck, as the kernel itself would make it wait.
  package func result() -> Errno? {
    let interruptions = Interruptions()
    var keeper = ScannerKeeper.take(in: directory, boot: boot)
    while keeper == nil {
      guard interruptions.ending() == nil else { return .interrupted }
      sleepBriefly()
      keeper = ScannerKeeper.take(in: directory, boot: boot)
    }
    let write = KernelWrite(command.text, to: path)
    while !write.waits(milliseconds: 100) {
      if interruptions.ending() != nil { write.abort() }
    }
    switch write.outcome {
    case .written?:
      // Whoever sets the scanner knows what they want: an older note must not change it later.
      if command.setsScanner { keeper?.forget() }
      return nil
    case .refused(let error)?: return error
    case .aborted?, nil: return .interrupted
    }
  }
}

extension KmemleakCommand {
  /// Whether it decides about the automatic scanner.
  fileprivate var setsScanner: Bool {
    switch self {
    case .stopScanner, .startScanner, .scanEvery, .off: true
    case .scan, .scanStacks, .dump, .clear: false
    }
  }
}
