import KmemAnalysis
import KmemHistory

/// Samples in tables: one for what each sample reads, one for what is read less often.
struct WatchTables {
  /// The most rows that are kept and judged.
  static let rows = 720

  var memory = SampleTable(limit: rows)
  var processes = SampleTable(limit: rows)

  var all: [SampleTable] { [memory, processes] }

  /// Adds recorded samples in the order of time.
  mutating func load(_ stored: [StoredSeries]) {
    let parts = Dictionary(grouping: stored, by: \.id.isOfProcesses)
    for (time, amounts) in Self.samples(parts[false] ?? []) { memory.append(amounts, at: time) }
    for (time, amounts) in Self.samples(parts[true] ?? []) { processes.append(amounts, at: time) }
  }

  /// The recorded amounts, moment by moment.
  static func samples(_ stored: [StoredSeries]) -> [(time: Int64, amounts: MemoryAmounts)] {
    var samples: [Int64: MemoryAmounts] = [:]
    let room = stored.count
    for stored in stored {
      for sample in stored.samples {
        guard let value = sample.value else { continue }
        samples[sample.time, default: MemoryAmounts(capacity: room)].add(
          stored.id, value, isReclaimable: stored.isReclaimable)
      }
    }
    return samples.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
