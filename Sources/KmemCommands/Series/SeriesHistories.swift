import KmemAnalysis
import KmemHistory

/// The histories among the places of a series: their samples stand between the captures.
struct SeriesHistories {
  private let paths: [String]
  /// The recorded samples that aren't in a table yet, the earliest last.
  private var memory: [(time: Int64, amounts: MemoryAmounts)] = []
  private var processes: [(time: Int64, amounts: MemoryAmounts)] = []

  init(_ paths: [String]) { self.paths = paths }

  /// Reads what the histories hold of the boot of the captures.
  ///
  /// - Throws: `Failure` if one of them can't be read.
  mutating func read(boot: String?, from start: Int64) throws(Failure) {
    guard let boot else { return }
    for path in paths {
      do throws(HistoryError) {
        let stored = try History.reading(path).series(
          boot: boot, from: start, rows: WatchTables.rows)
        let parts = Dictionary(grouping: stored, by: \.id.isOfProcesses)
        memory += WatchTables.samples(parts[false] ?? [])
        processes += WatchTables.samples(parts[true] ?? [])
      } catch {
        throw Failure(error)
      }
    }
    memory.sort { $0.time > $1.time }
    processes.sort { $0.time > $1.time }
  }

  /// Moves the samples before that time, in nanoseconds since boot, to the tables.
  mutating func move(to tables: inout WatchTables, before end: Int64 = .max) {
    while let next = memory.last, next.time < end {
      tables.memory.append(next.amounts, at: next.time)
      memory.removeLast()
    }
    while let next = processes.last, next.time < end {
      tables.processes.append(next.amounts, at: next.time)
      processes.removeLast()
    }
  }
}
