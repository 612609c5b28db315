import KmemParsers

/// What a scan is doing at the moment, for the user who waits.
package enum ScanStep: Hashable, Sendable {
  /// Another kmemcheck uses kmemleak: the number of its process, if it can be read.
  case waitingForOther(String?)
  case stoppingScanner
  case scanning(number: Int, seconds: Double)
  /// The youngest object of interest isn't old enough yet; it takes this many seconds more.
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
  /// Seconds that an object must be old to be reported (`MSECS_MIN_AGE` in `mm/kmemleak.c`), and so what
  /// a scan waits for unless it's told otherwise.
  package static let usualAge = 5.0

  /// kmemleak's own file.
  package var path = KmemleakFile.file.absolutePath
  /// Seconds to wait between the end of the first scan and the second.
  package var minimumAge: Double
  /// How many times more to scan and read if something was found.
  package var confirmations: Int
  /// Seconds to wait before each of the scans that confirm.
  package var pause = 1.0
  /// The id of the boot, for the note of the scanner's state.
  package var boot: String
  /// Where the lock and the note lie.
  package var directory = ScannerLock.directory
  /// How long another kmemcheck is waited for, in seconds.
  package var patience = ScannerLock.patience
  /// Tells whether the kernel's thread runs; nil where that can't be seen.
  package var isScannerRunning: () -> Bool?
  /// Is called as each step begins.
  package var progress: (ScanStep) -> Void

  /// Sets the protocol up; `minimumAge` is in seconds.
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

  /// Scans and reads; `read` takes the report and says whether anything in it is new.
  ///
  /// - Throws: what `read` throws, after the scanner was left as it was.
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
  /// Objects lost before the work are in the report that `before` takes, and can be told from those
  /// that the work loses. The work is done only if there is such a report. `work` says whether to
  /// go on.
  ///
  /// - Throws: what one of the closures throws, after the scanner was left as it was.
  package func record<Failure: Error>(
    before: () throws(Failure) -> Void,
    work: (borrowing SignalMask) throws(Failure) -> Bool,
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
