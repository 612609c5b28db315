import KmemAnalysis
import KmemControl
import KmemParsers
import KmemReport
import KmemSnapshot
import KmemSources

/// Work that kmemleak scans before and after, to tell what it loses.
protocol ScannedWork: AnyObject {
  /// Whether the work was cut short, so that no scan after it is wanted.
  var isInterrupted: Bool { get }
  /// When its parts ran, by the ticks in which kmemleak dates objects; nothing where that isn't known.
  var windows: IterationTickRanges? { get }
  /// Where modules lay while it ran.
  var moduleRecord: ModuleRecord? { get }
  /// Does the work.
  ///
  /// - Throws: `Failure` if memory can't be read.
  func run(_ signals: borrowing SignalMask) throws(Failure)
}

/// Scans as the protocol wants it, and makes one report of what was read.
struct LeakScan {
  let gate: KmemleakAccess
  let reading: LeakReportLoader
  let minimumAge: Double
  let confirmations: Int
  let isQuiet: Bool

  /// Scans, and reads the report.
  ///
  /// - Throws: `Failure` if a report can't be read, or kmemleak takes no command.
  func report() throws(Failure) -> LeakReport {
    let log = LiveLog.memory()
    var readings: [LeakReport] = []
    func read() throws(Failure) -> Bool {
      let report = try reading.report()
      readings.append(report)
      return report.newObjects > 0
    }
    return try report(of: try plan.record(read), readings, log)
  }

  /// Scans before and after some work; the report is of the objects that the work lost.
  ///
  /// - Throws: `Failure` as above, or what the work throws.
  func report(around scanned: some ScannedWork) throws(Failure) -> LeakReport {
    let log = LiveLog.memory()
    var reading = reading
    var readings: [LeakReport] = []
    func before() throws(Failure) { reading.known = try reading.baselineOfNow() }
    func work(_ signals: borrowing SignalMask) throws(Failure) -> Bool {
      try scanned.run(signals)
      reading.windows = scanned.windows
      reading.moduleRecord = scanned.moduleRecord
      return !scanned.isInterrupted
    }
    func after() throws(Failure) -> Bool {
      let report = try reading.report()
      readings.append(report)
      return report.newObjects > 0
    }
    let record = try plan.record(before: before, work: work, after: after)
    return try report(of: record, readings, log)
  }

  /// The last reading, with the scans that it rests on.
  private func report(
    of record: ScanRecord, _ readings: [LeakReport], _ log: [String]
  ) throws(Failure) -> LeakReport {
    if case .refused(let command, let error)? = record.trouble, readings.isEmpty,
      record.scans.isEmpty
    {
      throw KmemleakAccess.failure(command, error)
    }
    var readings = readings
    if readings.isEmpty { readings.append(try Self.empty()) }
    var report = readings.removeLast()
    report.scan = ScanFacts(record, minimumAge: minimumAge, log: LiveLog.memory(after: log))
    return report.seen(in: readings)
  }

  private var plan: ScanProtocol {
    let line = ScanProgress(isQuiet: isQuiet)
    return ScanProtocol(
      minimumAge: minimumAge, confirmations: confirmations, boot: gate.boot,
      isScannerRunning: { LiveFacts.hasKernelThread(named: "kmemleak") },
      progress: line.show)
  }

  /// An empty report, for when no reading was made.
  private static func empty() throws(Failure) -> LeakReport {
    do {
      var text = LeakReportBuilder()
      return text.report(Snapshot(try LiveKernel(catalog: .besideLeaks).capture()))
    } catch {
      throw Failure(error)
    }
  }
}

/// Shows what a scan waits for.
private final class ScanProgress {
  private var line: ProgressLine

  init(isQuiet: Bool) { line = ProgressLine(isQuiet: isQuiet) }

  deinit { line.clear() }

  func show(_ step: ScanStep) { line.show(Self.words(step)) }

  private static func words(_ step: ScanStep) -> String {
    switch step {
    case .waitingForOther(let process): ScanProgressWords.waiting(forProcess: process)
    case .stoppingScanner: ScanProgressWords.stoppingScanner
    case .scanning(let number, let seconds):
      ScanProgressWords.scanning(number: number, seconds: seconds)
    case .aging(let left): ScanProgressWords.aging(left: left)
    case .reading: ScanProgressWords.reading
    case .restoring: ScanProgressWords.restoring
    }
  }
}
