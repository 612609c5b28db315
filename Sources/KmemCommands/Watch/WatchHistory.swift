import KmemAnalysis
import KmemHistory
import KmemReport
import KmemSnapshot
import KmemSources

/// The history of samples: where it lies, what it holds of this boot, and how samples get into it.
struct WatchHistory {
  let path: String

  /// The history that the user named, else the first one in the store.
  static func readable(_ named: String?) -> WatchHistory? {
    if let named { return WatchHistory(path: named) }
    return Store.current.historyFiles.first.map(WatchHistory.init)
  }

  /// The tables of the samples recorded of a boot in a span of time (nanoseconds since boot).
  func tables(boot: String, from start: Int64 = .min, to end: Int64 = .max) throws(Failure)
    -> WatchTables
  {
    do {
      let history = try History.reading(path)
      var tables = WatchTables()
      tables.load(try history.series(boot: boot, from: start, to: end, rows: WatchTables.rows))
      return tables
    } catch {
      throw Failure(error)
    }
  }
}

/// Samples in tables: one for what each sample reads, one for what is read less often.
struct WatchTables {
  /// The most rows that are kept and judged.
  static let rows = 720

  var memory = SampleTable(limit: rows)
  var processes = SampleTable(limit: rows)

  var all: [SampleTable] { [memory, processes] }

  /// Adds recorded samples in the order of time.
  mutating func load(_ stored: [StoredSeries]) {
    let parts = Dictionary(grouping: stored, by: \.id.isOfProcesses)
    for (time, amounts) in Self.moments(parts[false] ?? []) { memory.append(amounts, at: time) }
    for (time, amounts) in Self.moments(parts[true] ?? []) { processes.append(amounts, at: time) }
  }

  private static func moments(_ stored: [StoredSeries]) -> [(time: Int64, amounts: MemoryAmounts)] {
    var moments: [Int64: MemoryAmounts] = [:]
    for stored in stored {
      for sample in stored.samples {
        guard let value = sample.value else { continue }
        moments[sample.time, default: MemoryAmounts()].add(
          stored.id, value, isReclaimable: stored.isReclaimable)
      }
    }
    return moments.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}

/// Writes samples into a history; an error is told once, and sampling goes on.
final class WatchRecorder {
  private let recorder: HistoryRecorder
  private let options: CommonOptions
  private let days: Int64
  private let bytes: Int64
  private var said: Set<HistoryError.Kind> = []
  /// How many rounds were written since the last failed one.
  private var sinceFault = 0
  private var warned = 0
  private var sinceTrim = 0

  /// - Throws: `Failure` if there can be no history there.
  init(
    _ path: String, host: Manifest?, days: Int64, bytes: Int64, options: CommonOptions
  ) throws(Failure) {
    self.options = options
    self.days = days
    self.bytes = bytes
    let run = HistoryRun(
      bootID: host?.bootID ?? "unknown", machineID: host?.machineID, hostname: host?.hostname,
      release: host?.kernelRelease, wall: Int64(exactly: (host?.start.wall ?? 0).rounded()) ?? 0)
    do {
      recorder = try HistoryRecorder(path, run: run)
    } catch {
      throw Failure(error)
    }
    sayWarnings()
  }

  func record(_ group: String, _ sample: MemorySample) {
    let round = HistoryRound(
      group: group, time: sample.time, wall: sample.wall, values: sample.amounts.values,
      reclaimable: sample.amounts.reclaimable)
    do {
      try recorder.record(round)
      // On a disk that is nearly full a small round still fits now and then: that doesn't end the
      // fault.
      sinceFault += 1
      if sinceFault >= 100 { said = [] }
      try trim(now: sample.wall)
    } catch {
      sinceFault = 0
      if said.insert(error.kind).inserted {
        let remark = WatchRemark.notRecorded(error: error.sentence)
        options.remark("kmemcheck: \(remark.sentence)")
      }
    }
    sayWarnings()
  }

  /// Keeps the file within its limits, once at the beginning and then every hundred rounds.
  private func trim(now: Int64) throws(HistoryError) {
    defer { sinceTrim += 1 }
    guard sinceTrim % 100 == 0 else { return }
    try recorder.trim(olderThan: days, now: now, bytes: bytes)
  }

  private func sayWarnings() {
    for warning in recorder.warnings.dropFirst(warned) { options.remark("kmemcheck: \(warning)") }
    warned = recorder.warnings.count
  }
}

extension Failure {
  /// The failure that a history which can't be used means.
  init(_ error: HistoryError) {
    let status: ExitStatus =
      switch error.kind {
      case .foreign, .newer, .damaged: .badData
      case .cannotOpen, .busy, .full, .failed: .cannotWrite
      }
    self.init(status: status, message: error.sentence)
  }
}
