extension SampleTable {
  /// The series that have a column.
  package var series: [SeriesID] { columns.map(\.id) }

  private func column(_ series: SeriesID) -> SampleColumn? { places[series].map { columns[$0] } }

  func contains(_ series: SeriesID) -> Bool { places[series] != nil }

  /// The series whose amounts differ by at least this much: others can't have a trend that matters.
  func moving(bytes: Int64, things: Int64) -> [SeriesID] {
    columns.filter { $0.range >= ($0.id.unit.isBytes ? bytes : things) }.map(\.id)
      // What debugging holds, and what is free, is neither followed nor accused.
      .filter { side(of: $0).map { $0.conclusion != nil } ?? true }
  }

  /// Whose the memory is; nil for the whole system.
  package func side(of series: SeriesID) -> MemorySide? {
    series.side(reclaimable: reclaimable)
  }

  /// Whether the kernel counts a slab cache as reclaimable, where samples tell; nothing for others.
  package func isKnownReclaimable(_ series: SeriesID) -> Bool? {
    guard case .slabCache(let name) = series else { return nil }
    return reclaimable[name]
  }

  /// Whether the kernel counts a slab cache as reclaimable, where that is known, if only by its name.
  func isReclaimable(_ series: SeriesID) -> Bool? {
    guard case .slabCache(let name) = series else { return nil }
    return reclaimable[name] ?? CacheMeaning(name: name)?.isReclaimable
  }

  /// The latest amount; nil where there is none now.
  package func latest(_ series: SeriesID) -> Int64? {
    column(series).flatMap { $0.latest == SampleColumn.missing ? nil : $0.latest }
  }

  /// The amounts by row; nil where a row has none.
  package func values(_ series: SeriesID) -> [Int64?] {
    guard let column = column(series) else { return [] }
    guard !column.values.isEmpty else {
      return Array(repeating: column.constant, count: max(0, times.count - column.start))
    }
    return column.values.map { $0 == SampleColumn.missing ? nil : $0 }
  }

  /// The series for a judgement; `room` is how many bytes it can still grow into.
  package func samples(of series: SeriesID, room: Int64? = nil) -> Series {
    let values = values(series)
    let samples = zip(times.suffix(values.count), values).map {
      Series.Sample(time: $0, value: $1)
    }
    return Series(
      unit: series.unit, side: side(of: series), room: series.unit == .bytes ? room : nil,
      samples: samples, samplesEach: stride)
  }

  /// Seconds from the first row to the last.
  package var seconds: Double {
    guard let first = times.first, let last = times.last else { return 0 }
    return Double(last.minus(first)) / 1e9
  }
}
