package import KmemAnalysis

/// A series as it was recorded.
package struct StoredSeries: Sendable {
  /// Which amount it is.
  package let id: SeriesID
  /// Whether the kernel counts a slab cache as reclaimable; nil for other series, and where that
  /// isn't known.
  package let isReclaimable: Bool?
  /// The samples in the order of time; a value is nil where it went missing.
  package fileprivate(set) var samples: [Series.Sample]
}

extension History {
  /// The series of one boot, put together again from all runs that recorded it.
  ///
  /// `kind`, and `time` and `end` in nanoseconds since boot, choose some of them. A week of all
  /// processes is more than should be kept in memory: with `rows`, there are at most that many
  /// samples, each the lowest value of its span.
  ///
  /// - Throws: `HistoryError` of kind `.damaged`, `.busy` or `.failed` if the file can't be read.
  package func series(
    boot: String, kind: SeriesID.Kind? = nil, from time: Int64 = .min, to end: Int64 = .max,
    rows: Int = .max
  ) throws(HistoryError) -> [StoredSeries] {
    let members = try database.statement(
      """
      SELECT member.run, member.part, series.id, kind, key, reclaimable
      FROM run JOIN member ON member.run = run.id JOIN series ON series.id = member.series
      WHERE boot = ? AND (?2 IS NULL OR kind = ?2) ORDER BY series.id, run.id
      """)
    try members.bind([.text(boot), .init(kind?.rawValue)])
    var ticks: [Part: [Int64]] = [:]
    var found: [StoredSeries] = []
    while try members.step() {
      guard let id = SeriesID(members, kind: 3, key: 4) else { continue }
      let part = Part(run: members.number(0) ?? 0, name: members.text(1) ?? "")
      if ticks[part] == nil { ticks[part] = try self.ticks(part, time, end) }
      let samples = try samples(
        run: part.run, series: members.number(2) ?? 0, ticks[part] ?? []
      ).floors(atMost: rows, of: ticks[part]?.count ?? 0)
      if let last = found.indices.last, found[last].id == id {
        found[last].samples += samples
      } else {
        found.append(
          StoredSeries(
            id: id, isReclaimable: members.number(5).map { $0 != 0 }, samples: samples))
      }
    }
    return found.filter { !$0.samples.isEmpty }.map { stored in
      var stored = stored
      // Two recorders at once took samples in turn.
      stored.samples.sort { $0.time < $1.time }
      return stored
    }
  }

  /// The series that one run samples together.
  private struct Part: Hashable {
    let run: Int64
    let name: String
  }

  private func ticks(_ part: Part, _ start: Int64, _ end: Int64) throws(HistoryError) -> [Int64] {
    let rows = try database.statement(
      "SELECT time FROM tick WHERE run = ? AND part = ? AND time BETWEEN ? AND ? ORDER BY time")
    try rows.bind([.number(part.run), .text(part.name), .number(start), .number(end)])
    var times: [Int64] = []
    while try rows.step() { times.append(rows.number(0) ?? 0) }
    return times
  }

  /// A sample at each tick from the first value on: a value holds until the next one.
  private func samples(run: Int64, series: Int64, _ times: [Int64]) throws(HistoryError)
    -> [Series.Sample]
  {
    let rows = try database.statement(
      "SELECT time, value FROM value WHERE run = ? AND series = ? ORDER BY time")
    try rows.bind([.number(run), .number(series)])
    var changes: [Series.Sample] = []
    while try rows.step() {
      changes.append(.init(time: rows.number(0) ?? 0, value: rows.number(1)))
    }
    var next = 0
    return times.compactMap { time in
      while next < changes.count, changes[next].time <= time { next += 1 }
      return next > 0 ? .init(time: time, value: changes[next - 1].value) : nil
    }
  }
}

extension [Series.Sample] {
  /// The lowest of each span of samples, so that there are at most `rows` of them for all ticks.
  ///
  /// All series of a group have their spans end at the same ticks, counted from the last one.
  fileprivate func floors(atMost rows: Int, of ticks: Int) -> Self {
    guard rows > 0, ticks > rows else { return self }
    let length = (ticks + rows - 1) / rows
    var floors: Self = []
    var end = count
    while end > 0 {
      let run = self[Swift.max(0, end - length)..<end]
      let low = run.compactMap(\.value).min()
      floors.append(.init(time: run.last?.time ?? 0, value: low))
      end -= length
    }
    return floors.reversed()
  }
}
