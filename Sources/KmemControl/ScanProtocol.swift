import KmemParsers

/// What a scan is doing, for those who wait.
package enum ScanStep: Hashable, Sendable {
  /// Another kmemcheck uses kmemleak: its process.
  case waitingForOther(String?)
  case stoppingScanner
  case scanning(number: Int, seconds: Double)
  /// Waiting until the youngest object of interest is old enough: seconds left.
  case aging(left: Double)
  case reading
  case restoring
}

/// Makes kmemleak scan so that what it reports, and what it doesn't, means something.
///
/// An object is reported once a scan finds it unreferenced with the same contents as the scan
/// before, and at least 5 seconds after it was allocated (`mm/kmemleak.c`). So: stop the automatic
/// scanner, scan, wait, scan, read; if anything is new, scan and read again; then prove that
/// kmemleak is still alive, and leave the scanner as it was.
package struct ScanProtocol {
  package var path = KmemleakFile.file.absolutePath
  /// Seconds between the end of the first scan and the second.
  package var minimumAge: Double
  /// How many times more to scan and read when something was found.
  package var confirmations: Int
  /// Seconds before each of those.
  package var pause = 1.0
  /// Identifies the boot, for the note of the scanner's state.
  package var boot: String
  package var directory = ScannerKeeper.directory
  /// Whether the kernel's thread runs; nothing where that can't be seen.
  package var isScannerRunning: () -> Bool?
  package var progress: (ScanStep) -> Void

  package init(
    minimumAge: Double, confirmations: Int, boot: String,
    isScannerRunning: @escaping () -> Bool?, progress: @escaping (ScanStep) -> Void
  ) {
    self.minimumAge = minimumAge
    self.confirmations = confirmations
    self.boot = boot
    self.isScannerRunning = isScannerRunning
    self.progress = progress
  }

  /// Does all of it; `read` takes the report and says whether anything in it is new.
  ///
  /// - Throws: what `read` throws, once the scanner is as it was.
  package func record<Failure: Error>(
    _ read: () throws(Failure) -> Bool
  ) throws(Failure) -> ScanRecord {
    var session = ScanSession(self)
    guard session.begin() else { return session.end() }
    do {
      try scanAndRead(&session, read)
    } catch {
      _ = session.end()
      throw error
    }
    return session.end()
  }

  /// Scans before and after some work, with the scanner stopped all the while.
  ///
  /// What was lost before is reported by then, and can be told from what the work loses. `before` takes
  /// that report; the work is done only if there is one. It says whether to go on.
  ///
  /// - Throws: what one of them throws, once the scanner is as it was.
  package func record<Failure: Error>(
    before: () throws(Failure) -> Void,
    work: (borrowing Interruptions) throws(Failure) -> Bool,
    after read: () throws(Failure) -> Bool
  ) throws(Failure) -> ScanRecord {
    var session = ScanSession(self)
    guard session.begin() else { return session.end() }
    do {
      guard session.scan(), session.wait(minimumAge), session.scan() else { return session.end() }
      try before()
      session.forgetScans()
      guard try session.work(work) else { return session.end() }
      try scanAndRead(&session, read)
    } catch {
      _ = session.end()
      throw error
    }
    return session.end()
  }

  private func scanAndRead<Failure: Error>(
    _ session: inout ScanSession, _ read: () throws(Failure) -> Bool
  ) throws(Failure) {
    guard session.scan(), session.wait(minimumAge), session.scan() else { return }
    var isNew = try session.read(read)
    for _ in 0..<confirmations where isNew {
      guard session.wait(pause), session.scan() else { return }
      isNew = try session.read(read)
    }
  }
}
