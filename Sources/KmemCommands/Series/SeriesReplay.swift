import KmemAnalysis
import KmemReport
import KmemSnapshot
import KmemSources

/// Judges captures that were taken one after another, as samples of a watch are judged.
struct SeriesReplay {
  let places: [String]
  let host: String?
  let boot: String?
  /// How many seconds before the last capture are judged; nil for all.
  let last: Double?
  let pids: Set<Int>

  /// - Throws: `Failure` if there is no capture, or they are of several machines.
  func report() throws(Failure) -> WatchReport { try judged().report }

  /// The verdict with the samples that it rests on.
  ///
  /// - Throws: `Failure` as above.
  func judged() throws(Failure) -> (report: WatchReport, tables: [SampleTable]) {
    let found = try SeriesPlaces(places)
    var judged = try judged(found.moments, histories: found.histories, leftOut: found.leftOut)
    if let remark = found.remark { judged.report.facts.remarks.append(remark) }
    return judged
  }

  /// The verdict on those captures, and on what the histories have of the same boot.
  ///
  /// - Throws: `Failure` as above.
  func judged(
    _ moments: [SeriesMoment], histories paths: [String] = [], leftOut: Int = 0
  ) throws(Failure) -> (report: WatchReport, tables: [SampleTable]) {
    let order = try SeriesOrder(moments, host: host, boot: boot)
    let chosen = recent(order.moments)
    var histories = SeriesHistories(paths)
    try histories.read(
      boot: chosen[0].host.bootID, from: last == nil ? .min : chosen[0].host.nanosecondsUp)
    var samples = SeriesSamples(origin: chosen[0], pids: pids, histories: histories)
    samples.begin(with: try chosen[0].capture())
    for moment in chosen.dropFirst() { samples.add(try moment.sample(), at: moment) }
    var facts = facts(chosen)
    facts.remarks += samples.gaps
    if order.otherBoots > 0 { facts.remarks.append(.otherBoots(order.otherBoots)) }
    let leftOut = leftOut + order.timeless
    if leftOut > 0 { facts.remarks.append(.leftOut(leftOut)) }
    return (try samples.report(facts, last: chosen[chosen.count - 1]), samples.all)
  }

  private func recent(_ moments: [SeriesMoment]) -> [SeriesMoment] {
    guard let last, let end = moments.last?.time else { return moments }
    return moments.filter { end - ($0.time ?? end) <= last }
  }

  private func facts(_ moments: [SeriesMoment]) -> WatchFacts {
    var facts = WatchFacts()
    let last = moments.last?.host
    facts.hostname = last?.hostname
    facts.release = last?.release
    facts.bootID = last?.bootID
    facts.origin = places.joined(separator: " ")
    facts.firstWall = moments.first?.wall
    facts.lastWall = last?.wallTime
    return facts
  }
}

extension Host {
  /// Nanoseconds since boot; the least number where that isn't told.
  fileprivate var nanosecondsUp: Int64 {
    upTime.flatMap { Int64(exactly: ($0 * 1e9).rounded()) } ?? .min
  }
}
