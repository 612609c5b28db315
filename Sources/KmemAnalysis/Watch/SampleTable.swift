/// The amounts of many samples, each series a column; the memory that the table takes is bounded.
///
/// Most amounts never change, and such a column takes one number. When there are too many rows,
/// each two become one with the lower of both amounts, since floors are judged.
package struct SampleTable: Sendable {
  /// The number of rows at which they are thinned to half.
  private let limit: Int
  /// Nanoseconds since boot of each row.
  package private(set) var times: [Int64] = []
  private var columns: [SampleColumn] = []
  private var places: [SeriesID: Int] = [:]
  /// Whether the kernel counts a slab cache as reclaimable, by the cache's name.
  private var reclaimable: [String: Bool] = [:]
  /// How many samples a row stands for.
  package private(set) var stride = 1
  /// The lowest amounts since the last row, where a row stands for several samples.
  private var pending: [SeriesID: Int64] = [:]
  private var pendingMoments = 0
  /// How many samples were added in all.
  package private(set) var moments = 0

  /// Begins an empty table of at most `limit` rows.
  package init(limit: Int = 720) { self.limit = max(32, limit & ~1) }

  /// Adds the amounts of a sample; if its time is earlier than the last, the machine had booted and
  /// the table begins anew.
  package mutating func append(_ amounts: MemoryAmounts, at time: Int64) {
    append(amounts.withSides, reclaimable: amounts.reclaimable, at: time)
  }

  mutating func append(
    _ amounts: [SeriesID: Int64], reclaimable facts: [String: Bool] = [:], at time: Int64
  ) {
    if let last = times.last, time < last { self = SampleTable(limit: limit) }
    reclaimable.merge(facts) { _, new in new }
    moments += 1
    if stride == 1 {
      commit(amounts, at: time)
    } else {
      pending.merge(amounts) { min($0, $1) }
      pendingMoments += 1
      if pendingMoments >= stride {
        commit(pending, at: time)
        pending = [:]
        pendingMoments = 0
      }
    }
    noteLatest(amounts)
  }

  private mutating func commit(_ amounts: [SeriesID: Int64], at time: Int64) {
    for (series, amount) in amounts where places[series] == nil {
      // A cache that wasn't listed before held nothing; a process that wasn't listed didn't exist.
      let start = series.isNothingWhenAbsent ? 0 : times.count
      places[series] = columns.count
      columns.append(
        SampleColumn(
          id: series, start: start, constant: start < times.count ? 0 : amount))
    }
    let listed = Set(amounts.keys.lazy.map(\.kind))
    for place in columns.indices {
      let series = columns[place].id
      let isNothing = series.isNothingWhenAbsent && listed.contains(series.kind)
      let value = amounts[series] ?? (isNothing ? 0 : SampleColumn.missing)
      columns[place].append(value, rows: times.count)
    }
    times.append(time)
    if times.count >= limit { thin() }
    if times.count % 32 == 0 { forgetGone() }
  }

  private mutating func noteLatest(_ amounts: [SeriesID: Int64]) {
    let listed = Set(amounts.keys.lazy.map(\.kind))
    for place in columns.indices {
      let series = columns[place].id
      let isNothing = series.isNothingWhenAbsent && listed.contains(series.kind)
      columns[place].latest = amounts[series] ?? (isNothing ? 0 : SampleColumn.missing)
    }
  }

  /// Makes one row of each two; the number of rows is even.
  private mutating func thin() {
    times = Swift.stride(from: 1, to: times.count, by: 2).map { times[$0] }
    for place in columns.indices { columns[place].thin() }
    stride *= 2
  }

  /// Drops the columns of series that are gone for good: processes come and go by the thousand.
  private mutating func forgetGone() {
    columns.removeAll { $0.isGone }
    places = Dictionary(columns.enumerated().map { ($1.id, $0) }) { first, _ in first }
  }
}

/// The amounts of one series from its first row on.
struct SampleColumn: Sendable {
  static let missing = Int64.min

  let id: SeriesID
  /// The row of its first amount.
  var start: Int
  /// The amount as long as it hasn't changed.
  var constant: Int64
  /// All amounts, once it changed; `missing` where there was none.
  var values: [Int64] = []
  var latest = SampleColumn.missing

  mutating func append(_ value: Int64, rows: Int) {
    guard !values.isEmpty || value != constant else { return }
    if values.isEmpty { values = Array(repeating: constant, count: rows - start) }
    values.append(value)
  }

  /// Takes the lower of each two amounts.
  mutating func thin() {
    if !values.isEmpty {
      let paired = start % 2 == 1 ? [Self.missing] + values : values
      values = stride(from: 0, to: paired.count - 1, by: 2).map { index in
        let (first, second) = (paired[index], paired[index + 1])
        return first == Self.missing ? second : second == Self.missing ? first : min(first, second)
      }
    }
    start /= 2
  }

  var isGone: Bool {
    !id.isNothingWhenAbsent && values.count > 8
      && values.suffix(8).allSatisfy { $0 == Self.missing }
  }

  /// The difference between the highest and the lowest amount.
  var range: Int64 {
    var (low, high) = (Int64.max, Int64.min)
    for value in values where value != Self.missing {
      low = min(low, value)
      high = max(high, value)
    }
    return low > high ? 0 : high.minus(low)
  }
}

extension SampleTable {
  /// The series that have a column.
  package var series: [SeriesID] { columns.map(\.id) }

  private func column(_ series: SeriesID) -> SampleColumn? { places[series].map { columns[$0] } }

  func contains(_ series: SeriesID) -> Bool { places[series] != nil }

  /// The series whose amounts differ by at least this much: others can't have a trend that matters.
  func moving(bytes: Int64, things: Int64) -> [SeriesID] {
    columns.filter { $0.range >= ($0.id.unit == .bytes ? bytes : things) }.map(\.id)
      // Memory of debugging and free memory are neither followed nor accused.
      .filter { side(of: $0).map { $0.conclusion != nil } ?? true }
  }

  /// Whose the memory is; nil for the whole system.
  package func side(of series: SeriesID) -> MemorySide? {
    series.side(reclaimable: reclaimable)
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
      samples: samples)
  }
}
