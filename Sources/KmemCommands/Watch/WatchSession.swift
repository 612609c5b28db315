import KmemAnalysis
import KmemControl
import KmemReport
import KmemSnapshot
import KmemSources

/// Samples memory at equal intervals until the verdict is sure, the time is over, or a signal asks
/// to end.
final class WatchSession {
  let settings: WatchSettings
  let options: CommonOptions
  private let sampler: MemorySampler
  private let recorder: WatchRecorder?
  /// Who hears of each sample; nothing where nobody wants to.
  private let listener: (any SampleListener)?
  private var tables = WatchTables()
  private var facts = WatchFacts()
  private var available: Int64?
  /// The number of samples at which the next judgement is due.
  private var nextJudgement = TrendJudge.fewest
  /// The series that were growing at the last judgement.
  private var suspects: Set<SeriesID> = []
  private let screen: WatchScreen
  private var said: Set<String> = []
  private var follower: ProcessAmounts
  /// When processes are sampled next, in seconds since boot.
  private var nextProcesses = 0.0
  /// At how many judgements in a row the same series grew.
  private var streak = 0

  init(
    settings: WatchSettings, sampler: MemorySampler, recorder: WatchRecorder?,
    listener: (any SampleListener)? = nil, options: CommonOptions
  ) {
    self.listener = listener
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

  /// Begins with the samples that were recorded of this boot before.
  ///
  /// A series that grew already in the first four fifths of them needs no second judgement later.
  func resume(_ earlier: WatchTables, first part: WatchTables) {
    tables = earlier
    facts.recorded = earlier.memory.seconds
    nextJudgement = max(nextJudgement, earlier.memory.sampleCount + 2)
    let before = WatchReport(part.all, facts: facts, available: nil, only: settings.pids)
    suspects = Set((before.growing + before.lines).map(\.id))
  }

  /// - Throws: `Failure` if memory can't be read.
  func run() throws(Failure) -> WatchReport {
    let signals = SignalMask(holdsStops: false)
    let start = BootClock.now
    var isSure = false
    try takeSample()
    while !isSure {
      isSure = try judgeIfDue()
      let next = settings.next(after: BootClock.now, since: start)
      guard !isSure, let next else { break }
      if signals.ending(until: next) {
        facts.isInterrupted = true
        break
      }
      takeNextSample()
      if noteEnded() { break }
    }
    try screen.clear()
    return finished()
  }

  /// Takes one more sample; where that fails, the samples so far are worth more than an error.
  private func takeNextSample() {
    do {
      try takeSample()
    } catch {
      guard said.insert(error.message).inserted else { return }
      let remark = WatchRemark.sampleLeftOut(error: error.message)
      options.remark("kmemcheck: \(remark.sentence)")
    }
  }

  private func takeSample() throws(Failure) {
    let (sample, model) = try sampler.sampleWithModel()
    tables.memory.append(sample.amounts, at: sample.time)
    available = sample.available ?? available
    facts.firstWall = facts.firstWall ?? Double(sample.wall)
    facts.lastWall = Double(sample.wall)
    recorder?.record("memory", sample)
    if BootClock.now >= nextProcesses { try sampleProcesses() }
    listener?.hear(model, sample, first: sampler.first) { judged }
  }

  /// Processes take longer to read than memory: where there are many, they are read less often.
  private func sampleProcesses() throws(Failure) {
    let start = BootClock.now
    let used = BootClock.processorTime
    let sample = try sampler.processes(&follower)
    if sample.hidesProcesses, !facts.remarks.contains(.hiddenProcesses) {
      facts.remarks.append(.hiddenProcesses)
    }
    tables.processes.append(sample.amounts, at: sample.time)
    recorder?.record("processes", sample)
    // The cost is measured in processor time: on a busy machine the clock says nothing of it.
    let pause = settings.pause(after: BootClock.processorTime - used)
    // The pause is a little shorter than whole intervals, so that no sample is missed by a hair.
    nextProcesses = start + max(0, pause - settings.interval / 2)
  }

  private var judged: WatchReport {
    WatchReport(tables.all, facts: facts, available: available, only: settings.pids)
  }

  private var report: WatchReport { lookAtDescriptors(judged) }

  /// Notes which of the processes that the user asks about have ended.
  ///
  /// - Returns: whether all have, so that nothing more will be seen.
  private func noteEnded() -> Bool {
    guard !settings.pids.isEmpty else { return false }
    let known = Set(facts.ended.map(\.process))
    facts.ended += EndedProcess.all(in: tables.processes, of: settings.pids)
      .filter { !known.contains($0.process) }
    return Set(facts.ended.map(\.process.pid)) == settings.pids
      || !settings.pids.contains { LiveFacts.isDirectory("/proc/\($0)") }
  }

  /// Looks at the descriptors of the processes whose open files grow: what they are decides how much
  /// memory they may hold.
  private func lookAtDescriptors(_ report: WatchReport) -> WatchReport {
    let files = report.growing.filter { $0.id.kind == .processFiles }.prefix(3)
    var isNew = false
    for row in files {
      guard let pid = row.id.process?.pid, facts.descriptors[pid] == nil, let count = row.latest
      else { continue }
      var kinds = DescriptorKinds()
      LiveProgram(pid).descriptors(of: count).forEach { kinds.add(link: $0) }
      guard kinds.most != nil || !kinds.counts.isEmpty else { continue }
      facts.descriptors[pid] = kinds
      isNew = true
    }
    return isNew ? judged : report
  }

  /// Judges at growing intervals, and on a terminal as often as that costs little.
  ///
  /// - Returns: whether the verdict is sure: the series that grows grew at the judgement before
  ///   too.
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

  /// Whether the culprit grew at the judgement before too; a sum waits until it gets a more precise
  /// name.
  private func isSure(_ report: WatchReport) -> Bool {
    defer { suspects = Set((report.growing + report.lines).map(\.id)) }
    guard let culprit = report.culprit, suspects.contains(culprit.id) else {
      streak = 0
      return false
    }
    streak += 1
    // What may end soon, or isn't all that grows, is no reason to stop looking.
    guard report.doubt == nil else { return false }
    // Processes may be read less often than memory: a sum that may be of processes waits until
    // these could be judged.
    let isHeard = culprit.isKernels || tables.processes.sampleCount >= 3 * TrendJudge.fewest / 2
    switch culprit.id.kind {
    case .cgroup, .command, .commandProcesses: return streak >= 2
    default:
      // A line of source or a cache names no program, whose the memory is that is held for it.
      let isNamed = culprit.isPrecise && (culprit.isKernels || culprit.id.process != nil)
      return isNamed || streak >= 3 && isHeard
    }
  }

  private func finished() -> WatchReport {
    var report = self.report
    let owners = WatchOwners(first: Snapshot(sampler.first), settings: settings)
    owners.complete(&report)
    return report
  }
}
