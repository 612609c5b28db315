import KmemAnalysis
import KmemControl
import KmemReport
import KmemSnapshot
import KmemSources

/// Samples memory at equal distances until it is sure, the time is over, or it's told to end.
final class WatchSession {
  let settings: WatchSettings
  let options: CommonOptions
  private let sampler: MemorySampler
  private let recorder: WatchRecorder?
  private var tables = WatchTables()
  private var facts = WatchFacts()
  private var available: Int64?
  /// The sample at which is judged next.
  private var nextJudgement = TrendJudge.fewest
  /// What was growing at the last judgement.
  private var suspects: Set<SeriesID> = []
  private let screen: WatchScreen
  private var said: Set<String> = []
  private var follower: ProcessAmounts
  /// When processes are looked at next, in seconds since boot.
  private var nextProcesses = 0.0
  /// At how many judgements in a row the same thing grew.
  private var streak = 0

  init(
    settings: WatchSettings, sampler: MemorySampler, recorder: WatchRecorder?,
    options: CommonOptions
  ) {
    self.settings = settings
    self.sampler = sampler
    self.recorder = recorder
    self.options = options
    screen = WatchScreen(options: options)
    follower = ProcessAmounts(wanted: settings.pids, own: LiveFacts.ownProcess)
    let manifest = sampler.first.manifest
    facts.hostname = manifest?.hostname
    facts.release = manifest?.kernelRelease
    facts.bootID = manifest?.bootID
    facts.interval = settings.interval
    facts.remarks = sampler.gaps
  }

  /// Begins with what was recorded of this boot before.
  ///
  /// What grew already in the first four fifths of it needs no second judgement later.
  func resume(_ earlier: WatchTables, first part: WatchTables) {
    tables = earlier
    facts.recorded = earlier.memory.seconds
    nextJudgement = max(nextJudgement, earlier.memory.sampleCount + 2)
    let before = WatchReport(part.all, facts: facts, available: nil, only: settings.pids)
    suspects = Set((before.growing + before.lines).map(\.id))
  }

  /// - Throws: `Failure` if memory can't be looked at.
  func run() throws(Failure) -> WatchReport {
    let interruptions = Interruptions(holdsStops: false)
    let start = BootClock.now
    var isSure = false
    try look()
    while !isSure {
      isSure = try judgeIfDue()
      let next = settings.next(after: BootClock.now, since: start)
      guard !isSure, let next else { break }
      if interruptions.ending(until: next) {
        facts.isInterrupted = true
        break
      }
      lookAgain()
    }
    try screen.clear()
    return finished()
  }

  /// Looks once more; where that fails the samples so far are worth more than an end.
  private func lookAgain() {
    do {
      try look()
    } catch {
      guard said.insert(error.message).inserted else { return }
      let remark = WatchRemark.sampleLeftOut(error: error.message)
      options.remark("kmemcheck: \(remark.sentence)")
    }
  }

  private func look() throws(Failure) {
    let sample = try sampler.sample()
    tables.memory.append(sample.amounts, at: sample.time)
    available = sample.available ?? available
    facts.firstWall = facts.firstWall ?? Double(sample.wall)
    facts.lastWall = Double(sample.wall)
    recorder?.record("memory", sample)
    if BootClock.now >= nextProcesses { try lookAtProcesses() }
  }

  /// Processes take longer to be read than memory: where there are many, they are read less often.
  private func lookAtProcesses() throws(Failure) {
    let start = BootClock.now
    let used = BootClock.processorTime
    let sample = try sampler.processes(&follower)
    if sample.hidesProcesses, !facts.remarks.contains(.hiddenProcesses) {
      facts.remarks.append(.hiddenProcesses)
    }
    tables.processes.append(sample.amounts, at: sample.time)
    recorder?.record("processes", sample)
    // By processor time: on a busy machine the clock says nothing of what it costs.
    let pause = settings.pause(after: BootClock.processorTime - used)
    // A little less than whole intervals, so that the next look isn't missed by a hair.
    nextProcesses = start + max(0, pause - settings.interval / 2)
  }

  private var report: WatchReport {
    WatchReport(tables.all, facts: facts, available: available, only: settings.pids)
  }

  /// Judges at growing distances, and on a terminal as often as that costs little.
  ///
  /// - Returns: whether it's sure: what grows grew at the judgement before too.
  private func judgeIfDue() throws(Failure) -> Bool {
    let isDue = tables.memory.sampleCount >= nextJudgement
    guard isDue || screen.isWorthDrawing(every: settings.interval) else { return false }
    let start = BootClock.now
    let report = self.report
    screen.cost = BootClock.now - start
    if screen.isDrawn { try screen.draw(report) }
    guard isDue else { return false }
    if !screen.isDrawn { try screen.line(report) }
    nextJudgement = tables.memory.sampleCount + max(2, tables.memory.sampleCount / 4)
    return settings.stopsWhenSure && isSure(report)
  }

  /// Whether what is named grew at the judgement before too; sums should get a name first.
  private func isSure(_ report: WatchReport) -> Bool {
    defer { suspects = Set((report.growing + report.lines).map(\.id)) }
    guard let culprit = report.culprit, suspects.contains(culprit.id) else {
      streak = 0
      return false
    }
    streak += 1
    // Processes may be read less often: a sum that may be theirs waits until they have had their say.
    let isHeard = culprit.isKernels || tables.processes.sampleCount >= 3 * TrendJudge.fewest / 2
    switch culprit.id.kind {
    case .cgroup, .command: return streak >= 2
    default: return culprit.isPrecise || streak >= 3 && isHeard
    }
  }

  private func finished() -> WatchReport {
    var report = self.report
    let owners = WatchOwners(first: Snapshot(sampler.first))
    owners.complete(&report)
    return report
  }
}

/// How long and how often memory is looked at.
struct WatchSettings {
  /// Seconds; nothing to go on until it's told to end.
  let duration: Double?
  let interval: Double
  let stopsWhenSure: Bool
  /// The only processes that are asked about; all where it's empty.
  let pids: Set<Int>

  /// Seconds from one look at processes to the next, if one takes so many seconds of a processor.
  ///
  /// Who waits for an answer lets it cost more than a recorder, which goes on for weeks.
  func pause(after cost: Double) -> Double {
    min((stopsWhenSure ? 50 : 1000) * cost, 6 * interval)
  }

  /// When to look next, in seconds since boot; nothing when the time is over.
  ///
  /// Looks that were missed, as while the machine was suspended, aren't made up for.
  func next(after now: Double, since start: Double) -> Double? {
    let next = start + ((now - start) / interval).rounded(.down) * interval + interval
    guard let duration, next > start + duration + interval / 100 else { return next }
    return nil
  }
}
