import KmemAnalysis
import KmemHistory
import KmemReport

/// Judges the samples of a history anew.
struct WatchReplay {
  let path: String
  /// How a boot's id begins; nil for the latest boot.
  let boot: String?
  /// How many seconds before the last sample are judged; nil for all.
  let last: Double?
  let pids: Set<Int>

  /// - Throws: `Failure` if there is no such history, or nothing of that boot in it.
  func report() throws(Failure) -> WatchReport { try judged().report }

  /// The verdict with the samples that it rests on.
  ///
  /// - Throws: `Failure` as above.
  func judged() throws(Failure) -> (report: WatchReport, tables: [SampleTable]) {
    let ranges = try reading { history throws(HistoryError) in try history.ranges() }
    guard let boot = chosen(ranges) else {
      let known = Set(ranges.map { String($0.bootID.prefix(8)) }).sorted()
      throw Failure(
        status: .noSuchInput, HistoryRefusal.noBoot(path: path, wanted: self.boot, known: known))
    }
    let own = ranges.filter { $0.bootID == boot }
    let end = own.map(\.lastTime).max() ?? 0
    let start = last.map { end - (Int64(exactly: ($0 * 1e9).rounded()) ?? 0) } ?? .min
    let tables = try WatchHistory(path: path).tables(boot: boot, from: start)
    var facts = facts(own, tables)
    let unknown = try reading { history throws(HistoryError) in try history.unknownSeries() }
    if unknown > 0 { facts.remarks.append(.unknownSeries(unknown)) }
    return (WatchReport(tables.all, facts: facts, available: nil, only: pids), tables.all)
  }

  private func reading<Result>(
    _ body: (History) throws(HistoryError) -> Result
  ) throws(Failure) -> Result {
    do throws(HistoryError) {
      return try body(try History.reading(path))
    } catch {
      let failure = Failure(error)
      let isAbsent = error.kind == .cannotOpen
      throw isAbsent ? Failure(status: .noSuchInput, message: failure.message) : failure
    }
  }

  private func chosen(_ ranges: [HistoryRange]) -> String? {
    guard let boot else { return ranges.last?.bootID }
    return ranges.last { $0.bootID.hasPrefix(boot) }?.bootID
  }

  private func facts(_ ranges: [HistoryRange], _ tables: WatchTables) -> WatchFacts {
    var facts = WatchFacts()
    facts.hostname = ranges.last?.hostname
    facts.release = ranges.last?.release
    facts.bootID = ranges.last?.bootID
    facts.origin = path
    facts.lastWall = ranges.map(\.lastWall).max().map(Double.init)
    facts.firstWall = facts.lastWall.map { $0 - tables.memory.seconds }
    return facts
  }
}
