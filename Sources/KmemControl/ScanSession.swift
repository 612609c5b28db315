internal import Glibc
internal import SystemPackage

/// One use of kmemleak, from stopping the automatic scanner to starting it again.
struct ScanSession: ~Copyable {
  private let plan: ScanProtocol
  private let signals = SignalMask()
  private var record = ScanRecord(start: BootClock.now)
  private var lock: ScannerLock?

  init(_ plan: ScanProtocol) { self.plan = plan }

  /// Takes the lock and stops the scanner; false if the session can't go on.
  mutating func begin() -> Bool {
    let end = BootClock.now + plan.patience
    while lock == nil {
      lock = ScannerLock.take(in: plan.directory, boot: plan.boot)
      guard lock == nil else { break }
      guard BootClock.now < end else { return note(.refused(.wouldBlock), of: .stopScanner) }
      plan.progress(.waitingForOther(ScannerLock.holder(in: plan.directory)))
      guard wait(0.2) else { return false }
    }
    record.noteTrouble = lock?.trouble
    record.isRepair = lock?.isRepairDue ?? false
    record.wasScannerRunning = plan.isScannerRunning()
    if mustRestore { lock?.note() }
    plan.progress(.stoppingScanner)
    return perform(.stopScanner)
  }

  private var mustRestore: Bool { record.isRepair || record.wasScannerRunning == true }

  /// Scans once, and again if the scan was disturbed; false if there is no complete scan.
  mutating func scan() -> Bool {
    for _ in 0..<3 {
      let number = record.completeScans.count + 1
      let (start, suspended) = (BootClock.now, BootClock.suspended)
      _ = signals.wasStopped()
      let outcome = write(.scan) { .scanning(number: number, seconds: BootClock.now - start) }
      let isDisturbed = signals.wasStopped() || BootClock.suspended - suspended > 0.01
      record.scans.append(
        ScanRecord.Scan(
          start: start, seconds: BootClock.now - start,
          outcome: isDisturbed && outcome == .written ? .disturbed : .init(outcome)))
      guard outcome == .written else { return note(outcome, of: .scan) }
      if !isDisturbed { return true }
    }
    record.trouble = .disturbed
    return false
  }

  /// Waits; false if a signal asks to end.
  mutating func wait(_ seconds: Double) -> Bool {
    let end = BootClock.now + seconds
    while BootClock.now < end {
      if lock != nil { plan.progress(.aging(left: end - BootClock.now)) }
      usleep(UInt32(min(0.1, max(0, end - BootClock.now)) * 1e6))
      guard !isAskedToEnd() else { return false }
    }
    return true
  }

  mutating func read<Failure: Error>(
    _ read: () throws(Failure) -> Bool
  ) throws(Failure) -> Bool {
    plan.progress(.reading)
    let isNew = try read()
    record.readings += 1
    return isNew && !isAskedToEnd()
  }

  /// Forgets the scans so far: those before the work say nothing of objects that the work loses.
  mutating func forgetScans() { record.scans = [] }

  /// Does something else meanwhile; false if a signal asks to end, or the work says so.
  mutating func work<Failure: Error>(
    _ work: (borrowing SignalMask) throws(Failure) -> Bool
  ) throws(Failure) -> Bool {
    let goesOn = try work(signals)
    return goesOn && !isAskedToEnd()
  }

  /// Proves that kmemleak is alive, starts the scanner if it ran before, and gives the lock back.
  consuming func end() -> ScanRecord {
    guard lock != nil else { return record }
    plan.progress(.restoring)
    if record.trouble == nil { record.isAliveAtEnd = perform(.stopScanner) }
    guard mustRestore else { return record }
    // The scanner is started also after a refusal: it costs nothing to try.
    record.isScannerRestored = write(.startScanner, { .restoring }) == .written
    // A note that stays would start a scanner that was switched off for good later; a dead kmemleak
    // needs no note.
    if record.isScannerRestored == true || isDead { lock?.forget() }
    return record
  }

  private var isDead: Bool {
    if case .refused(_, let error)? = record.trouble {
      return error == .notPermitted || error == .resourceBusy
    }
    return record.isAliveAtEnd == false
  }
}

extension ScanSession {
  private mutating func perform(_ command: KmemleakCommand) -> Bool {
    let outcome = write(command) { .stoppingScanner }
    return outcome == .written ? true : note(outcome, of: command)
  }

  private mutating func note(_ outcome: KernelWrite.Outcome, of command: KmemleakCommand) -> Bool {
    if case .refused(let error) = outcome, record.trouble == nil {
      record.trouble = .refused(command, error)
    }
    return false
  }

  /// Writes a command and waits for its end, which a signal hastens.
  private mutating func write(
    _ command: KmemleakCommand, _ step: () -> ScanStep
  ) -> KernelWrite.Outcome {
    let write = KernelWrite(command.text, to: plan.path)
    while !write.waits(milliseconds: 100) {
      plan.progress(step())
      if isAskedToEnd() || isEnding(command) { write.abort() }
    }
    return write.outcome ?? .aborted
  }

  /// Whether a scan is to be cut short; commands that restore the scanner are never cut short.
  private func isEnding(_ command: KmemleakCommand) -> Bool {
    guard case .signal? = record.trouble else { return false }
    return command == .scan
  }

  private mutating func isAskedToEnd() -> Bool {
    guard let signal = signals.ending() else { return false }
    record.trouble = .signal(signal)
    return true
  }
}

extension ScanRecord.Outcome {
  init(_ outcome: KernelWrite.Outcome) {
    switch outcome {
    case .written: self = .complete
    case .aborted: self = .aborted
    case .refused(let error): self = .refused(error)
    }
  }
}
