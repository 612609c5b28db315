/// A process that ended while it was watched, with what it had gained by then.
package struct EndedProcess: Hashable, Sendable {
  /// The process.
  package let process: ProcessName
  /// Seconds from its first sample to its last.
  package private(set) var seconds: Double
  /// How many samples there are of it.
  package private(set) var samples: Int
  /// What it had gained of each kind from its first sample to its last, most bytes first; kinds that
  /// didn't change are left out.
  package let gained: [Gain]

  /// What was gained of one kind.
  package struct Gain: Hashable, Sendable {
    /// Of what.
    package let facet: ProcessFacet
    /// How much more, in the facet's unit; negative where it became less.
    package let amount: Int64
  }
}

extension EndedProcess {
  /// The processes of the table with one of these ids that have no amount any more.
  package static func all(in table: SampleTable, of pids: Set<Int>) -> [EndedProcess] {
    let names = Set(table.series.compactMap(\.process).filter { pids.contains($0.pid) })
    return names.filter { table.latest(.process($0, .memory)) == nil }
      .sorted { ($0.pid, $0.startTime) < ($1.pid, $1.startTime) }
      .map { EndedProcess($0, in: table) }
  }

  private init(_ process: ProcessName, in table: SampleTable) {
    self.process = process
    var gained: [Gain] = []
    (seconds, samples) = (0, 0)
    for facet in ProcessFacet.allCases {
      let known = table.samples(of: .process(process, facet)).samples.filter { $0.value != nil }
      guard let first = known.first, let last = known.last else { continue }
      seconds = max(seconds, Double(last.time.minus(first.time)) / 1e9)
      samples = max(samples, known.count)
      let amount = (last.value ?? 0).minus(first.value ?? 0)
      // Address space that is no memory is told where it alone grew.
      if amount != 0 { gained.append(Gain(facet: facet, amount: amount)) }
    }
    let others = gained.filter { $0.facet != .space }
    self.gained = others.isEmpty ? gained : others
  }
}
