import KmemAnalysis
import KmemHistory

/// Samples in tables: what is read at each sample, and what is read at slower intervals.
struct WatchTables {
  /// The most samples that are kept and judged.
  static let rows = 720

  var memory = SampleTable(limit: rows)
  var processes = SampleTable(limit: rows)

  var all: [SampleTable] { [memory, processes] }

  /// Adds what was recorded, sample by sample.
  mutating func load(_ stored: [StoredSeries]) {
    let parts = Dictionary(grouping: stored, by: \.id.isOfProcesses)
    for (time, amounts) in Self.samples(parts[false] ?? []) { memory.append(amounts, at: time) }
    for (time, amounts) in Self.samples(parts[true] ?? []) { processes.append(amounts, at: time) }
  }

  private static func samples(_ stored: [StoredSeries]) -> [(time: Int64, amounts: MemoryAmounts)] {
    var samples: [Int64: MemoryAmounts] = [:]
    for stored in stored {
      for sample in stored.samples {
        guard let value = sample.value else { continue }
        samples[sample.time, default: MemoryAmounts()].add(
          stored.id, value, isReclaimable: stored.isReclaimable)
      }
    }
    return samples.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
