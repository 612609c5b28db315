import KmemAnalysis
import KmemHistory

/// Samples in tables: what is read at each sample, and what is read at slower intervals.
struct WatchTables {
  /// The most moments that are kept and judged.
  static let rows = 720

  var memory = SampleTable(limit: rows)
  var processes = SampleTable(limit: rows)

  var all: [SampleTable] { [memory, processes] }

  /// Adds what was recorded, moment by moment.
  mutating func load(_ stored: [StoredSeries]) {
    let parts = Dictionary(grouping: stored, by: \.id.isOfProcesses)
    for (time, amounts) in Self.moments(parts[false] ?? []) { memory.append(amounts, at: time) }
    for (time, amounts) in Self.moments(parts[true] ?? []) { processes.append(amounts, at: time) }
  }

  private static func moments(_ stored: [StoredSeries]) -> [(time: Int64, amounts: MemoryAmounts)] {
    var moments: [Int64: MemoryAmounts] = [:]
    for stored in stored {
      for sample in stored.samples {
        guard let value = sample.value else { continue }
        moments[sample.time, default: MemoryAmounts()].add(
          stored.id, value, isReclaimable: stored.isReclaimable)
      }
    }
    return moments.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
