import KmemAnalysis
import KmemSnapshot
import KmemSources

/// The amounts of a series of captures, each taken in turn; no capture is kept but the first and
/// the last.
struct SeriesSamples {
  private let start: SeriesMoment
  private let pids: Set<Int>
  private var tables = WatchTables()
  private var follower: ProcessAmounts
  private var first: Snapshot?
  /// What the first capture tells of slab caches and doesn't change in a boot.
  private var lasting: Capture?
  private var available: Int64?
  /// Seconds between captures.
  private var pauses: [Double] = []
  private var lastTime: Double?
  private var histories: SeriesHistories

  init(origin: SeriesMoment, pids: Set<Int>, histories: SeriesHistories) {
    start = origin
    self.pids = pids
    self.histories = histories
    // Nobody of the captured machine is this process.
    follower = ProcessAmounts(wanted: pids, own: -1)
  }

  /// The samples so far.
  var all: [SampleTable] { tables.all }

  /// Adds the first capture, which is whole.
  mutating func begin(with capture: Capture) {
    let snapshot = Snapshot(capture).ofReport
    first = snapshot
    lasting = capture.lasting
    add(snapshot, at: start)
  }

  /// Adds the next capture, of which no more need be there than a sample needs.
  mutating func add(_ capture: Capture, at moment: SeriesMoment) {
    var capture = capture
    if let lasting {
      capture.sources.merge(lasting.sources) { own, _ in own }
      capture.links.merge(lasting.links) { own, _ in own }
    }
    add(Snapshot(capture).ofReport, at: moment)
  }

  private mutating func add(_ snapshot: Snapshot, at moment: SeriesMoment) {
    let time = Manifest.Timestamp(wall: moment.wall ?? 0, boot: seconds(moment))
    let sample = MemorySample(MemoryModel(snapshot), at: time)
    histories.move(to: &tables, before: sample.time)
    tables.memory.append(sample.amounts, at: sample.time)
    if snapshot.processes.value != nil || snapshot.cgroups.value != nil {
      tables.processes.append(follower.amounts(snapshot), at: sample.time)
    }
    available = sample.available ?? available
    if let time = moment.time {
      if let lastTime { pauses.append(time - lastTime) }
      lastTime = time
    }
  }

  /// Seconds since boot, or since the first capture where that isn't told of both.
  private func seconds(_ moment: SeriesMoment) -> Double {
    if start.host.upTime != nil, let up = moment.host.upTime { return up }
    return (moment.time ?? 0) - (start.time ?? 0) + (start.host.upTime ?? 0)
  }

  /// The spans in which captures are missing: longer than four times the usual one.
  var gaps: [WatchFacts.Gap] {
    let sorted = pauses.sorted()
    guard sorted.count > 2 else { return [] }
    let usual = sorted[sorted.count / 2]
    let long = sorted.filter { $0 > max(4 * usual, 60) }
    return long.last.map { [.pauses(count: long.count, longest: $0)] } ?? []
  }

  /// The verdict on all captures, with the owners of what grew in the kernel: for them the last one is
  /// read whole.
  ///
  /// - Throws: `Failure` if it can't be read.
  mutating func report(_ facts: WatchFacts, last: SeriesMoment) throws(Failure) -> WatchReport {
    histories.move(to: &tables)
    var report = WatchReport(tables.all, facts: facts, available: available, only: pids)
    if report.growing.contains(where: \.isKernels), let first {
      let (start, end) = (
        MemoryModel(first), MemoryModel(Snapshot(try last.capture()).ofReport)
      )
      report.add(Attribution.all(of: Growth(from: start, to: end), from: start, to: end))
    }
    return report
  }
}
