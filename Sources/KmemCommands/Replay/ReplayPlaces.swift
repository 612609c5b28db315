import KmemAnalysis
import KmemHistory

/// What a user names for `--replay`: one history, or captures of any kind.
enum ReplayPlaces {
  /// Judges what lies in the places.
  ///
  /// - Throws: `Failure` if there is nothing to judge, or it is of several machines.
  static func judged(
    _ places: [String], host: String? = nil, boot: String? = nil, last: Double? = nil,
    pids: Set<Int> = []
  ) throws(Failure) -> (report: WatchReport, tables: [SampleTable]) {
    if places.count == 1, host == nil, History.isLikely(places[0]) {
      return try WatchReplay(path: places[0], boot: boot, last: last, pids: pids).judged()
    }
    return try SeriesReplay(places: places, host: host, boot: boot, last: last, pids: pids).judged()
  }
}
