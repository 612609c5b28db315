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
