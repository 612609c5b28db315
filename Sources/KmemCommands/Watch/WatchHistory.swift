import KmemAnalysis
import KmemHistory
import KmemReport
import KmemSnapshot
import KmemSources

/// The history of samples: where it lies, what of this boot is in it, and how samples get into it.
struct WatchHistory {
  let path: String

  /// The history that was named, else the first there is in the store.
  static func readable(_ named: String?) -> WatchHistory? {
    if let named { return WatchHistory(path: named) }
    return Store.current.historyFiles.first.map(WatchHistory.init)
  }

  /// The tables of what was recorded of a boot, from one time on (nanoseconds since boot).
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
