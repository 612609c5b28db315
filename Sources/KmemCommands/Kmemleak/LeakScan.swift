import KmemAnalysis
import KmemControl
import KmemReport
import KmemSnapshot
import KmemSources

/// Scans as the protocol wants it, and makes one report of what was read.
struct LeakScan {
  let gate: KmemleakGate
  let reading: LeakReading
  let minimumAge: Double
  let confirmations: Int
  let isQuiet: Bool

  /// Scans and reads.
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

  /// Scans before and after a command; the report is of what it lost.
  ///
  /// - Throws: `Failure` as above, or if memory can't be looked at.
  func report(around check: CommandCheck) throws(Failure) -> LeakReport {
    let log = LiveLog.memory()
    var reading = reading
    var readings: [LeakReport] = []
    func before() throws(Failure) { reading.known = try reading.baselineOfNow() }
    func work(_ interruptions: borrowing Interruptions) throws(Failure) -> Bool {
      try check.run(interruptions)
      reading.windows = check.windows
      reading.others = check.modules.snapshots
      return !check.isInterrupted
    }
    func after() throws(Failure) -> Bool {
      let report = try reading.report()
      readings.append(report)
      return report.newObjects > 0
    }
    let record = try plan.record(before: before, work: work, after: after)
    return try report(of: record, readings, log)
  }

  /// The last reading, with what it rests on.
  private func report(
    of record: ScanRecord, _ readings: [LeakReport], _ log: [String]
  ) throws(Failure) -> LeakReport {
    if case .refused(let command, let error)? = record.trouble, readings.isEmpty,
      record.scans.isEmpty
    {
      throw KmemleakGate.failure(command, "\(error)")
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

  /// A report of which nothing was read.
  private static func empty() throws(Failure) -> LeakReport {
    do {
      var text = LeakReportBuilder()
      return text.report(Snapshot(try LiveKernel(catalog: .besideLeaks).capture()))
    } catch {
      throw Failure(error)
    }
  }
}

/// Says what a scan waits for.
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
