import KmemAnalysis
import KmemHistory
import KmemReport
import KmemSnapshot
import KmemSources

/// Writes samples into a history; an error is told once, and sampling goes on.
final class WatchRecorder {
  private let recorder: HistoryRecorder
  private let options: CommonOptions
  private let days: Int64
  private let bytes: Int64
  private var said: Set<HistoryError.Kind> = []
  private var missed = MissedRounds()
  /// Whether it was said of this fault that it's over.
  private var saidOver = false
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
      recorder = try HistoryRecorder(try OutputFile.target(of: path), run: run)
    } catch let error as SourceError {
      throw Failure(
        status: .cannotWrite, OutputRefusal.file(path: path, error: error.message))
    } catch {
      throw Failure(error)
    }
    sayWarnings()
  }

  func record(_ group: String, _ sample: MemorySample) {
    let round = HistoryRound(
      group: group, time: sample.time, wall: sample.wall, values: sample.amounts.values,
      reclaimable: sample.amounts.reclaimable)
    missed.add(round)
    let kept = missed.rounds.count - 1
    do throws(HistoryError) {
      try missed.write { round throws(HistoryError) in try recorder.record(round) }
      sayRecordedAgain(kept)
      // On a disk that is nearly full a small round still fits now and then: that doesn't end the
      // fault.
      sinceFault += 1
      if sinceFault >= 100 {
        said = []
        saidOver = false
      }
      try trim()
    } catch {
      sinceFault = 0
      if said.insert(error.kind).inserted { say(.notRecorded(error: error.sentence)) }
    }
    sayWarnings()
  }

  /// Says once for each fault what became of the rounds that couldn't be written.
  private func sayRecordedAgain(_ kept: Int) {
    guard kept > 0 || missed.lost > 0 else { return }
    if !saidOver { say(.recordedAgain(kept: kept, lost: missed.lost)) }
    saidOver = true
    missed = MissedRounds()
  }

  private func say(_ remark: WatchRemark) { options.remark("kmemcheck: \(remark.sentence)") }

  /// Keeps the file within its limits, once at the beginning and then every hundred rounds.
  private func trim() throws(HistoryError) {
    defer { sinceTrim += 1 }
    guard sinceTrim % 100 == 0 else { return }
    try recorder.trim(olderThan: days, bytes: bytes)
  }

  private func sayWarnings() {
    for warning in recorder.warnings.dropFirst(warned) { options.remark("kmemcheck: \(warning)") }
    warned = recorder.warnings.count
  }
}
