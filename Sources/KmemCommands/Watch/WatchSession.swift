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
  private var suspects: Set<Subject> = []
  private let screen: WatchScreen

  init(
    settings: WatchSettings, sampler: MemorySampler, recorder: WatchRecorder?,
    options: CommonOptions
  ) {
    self.settings = settings
    self.sampler = sampler
    self.recorder = recorder
    self.options = options
    screen = WatchScreen(options: options)
    let manifest = sampler.first.manifest
    facts.hostname = manifest?.hostname
    facts.release = manifest?.kernelRelease
    facts.bootID = manifest?.bootID
    facts.interval = settings.interval
    facts.remarks = sampler.remarks
  }

  /// Begins with what was recorded of this boot before.
  func resume(_ earlier: WatchTables, recorded seconds: Double) {
    tables = earlier
    facts.recorded = seconds
    nextJudgement = max(nextJudgement, earlier.memory.moments + 1)
  }

  /// - Throws: `Failure` if memory can't be looked at.
  func run() throws(Failure) -> WatchReport {
    let interruptions = Interruptions(holdsStops: false)
    let start = BootClock.now
    var isSure = false
    while !isSure {
      try look()
      isSure = try judgeIfDue()
      let next = settings.next(after: BootClock.now, since: start)
      guard !isSure, let next else { break }
      if interruptions.ending(until: next) {
        facts.isInterrupted = true
        break
      }
    }
    return finished()
  }

  private func look() throws(Failure) {
    let sample = try sampler.sample()
    tables.memory.append(sample.amounts, at: sample.time)
    available = sample.available ?? available
    facts.firstWall = facts.firstWall ?? Double(sample.wall)
    facts.lastWall = Double(sample.wall)
    recorder?.record("memory", sample)
  }

  private var report: WatchReport {
    WatchReport(tables.all, facts: facts, available: available)
  }

  /// Judges at growing distances, and on a terminal as often as that costs little.
  ///
  /// - Returns: whether it's sure: what grows grew at the judgement before too.
  private func judgeIfDue() throws(Failure) -> Bool {
    let isDue = tables.memory.moments >= nextJudgement
    guard isDue || screen.isWorthDrawing(every: settings.interval) else { return false }
    let start = BootClock.now
    let report = self.report
    screen.cost = BootClock.now - start
    if screen.isDrawn { try screen.draw(report) }
    guard isDue else { return false }
    if !screen.isDrawn { try screen.line(report) }
    nextJudgement = tables.memory.moments + max(2, tables.memory.moments / 4)
    let growing = Set(report.growing.map(\.subject))
    defer { suspects = growing }
    guard settings.stopsWhenSure, let culprit = report.culprit else { return false }
    return suspects.contains(culprit.subject)
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

  /// When to look next, in seconds since boot; nothing when the time is over.
  ///
  /// Looks that were missed, as while the machine was suspended, aren't made up for.
  func next(after now: Double, since start: Double) -> Double? {
    let next = start + ((now - start) / interval).rounded(.down) * interval + interval
    guard let duration, next > start + duration + interval / 100 else { return next }
    return nil
  }
}
