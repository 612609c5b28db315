/// The amounts of many samples, each series a column; the memory that the table takes is bounded.
///
/// Most amounts never change, and such a column takes one number. When there are too many rows,
/// each two become one with the lower of both amounts, since floors are judged.
package struct SampleTable: Sendable {
  /// The number of rows at which they are thinned to half.
  private let limit: Int
  /// Nanoseconds since boot of each row.
  package private(set) var times: [Int64] = []
  private(set) var columns: [SampleColumn] = []
  private(set) var places: [SeriesID: Int] = [:]
  /// Whether the kernel counts a slab cache as reclaimable, by the cache's name.
  private(set) var reclaimable: [String: Bool] = [:]
  /// How many samples a row stands for.
  package private(set) var stride = 1
  /// The lowest amounts since the last row, where a row stands for several samples.
  private var pending: [SeriesID: Int64] = [:]
  private var pendingMoments = 0
  /// How many samples were added in all.
  package private(set) var sampleCount = 0

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
    sampleCount += 1
    guard stride > 1 else { return commit(amounts, at: time, isLatest: true) }
    pending.merge(amounts) { min($0, $1) }
    pendingMoments += 1
    if pendingMoments >= stride {
      commit(pending, at: time, isLatest: false)
      pending = [:]
      pendingMoments = 0
    }
    noteLatest(amounts)
  }

  /// Adds a row, and takes its amounts as the latest if they are of one sample.
  private mutating func commit(_ amounts: [SeriesID: Int64], at time: Int64, isLatest: Bool) {
    let found = put(amounts) { column, value, rows in
      column.append(value, rows: rows)
      if isLatest { column.latest = value }
    }
    // Most samples have no series that wasn't there before.
    if found < amounts.count { begin(amounts, isLatest: isLatest) }
    times.append(time)
    if times.count >= limit { thin() }
    if times.count % 32 == 0 { forgetGone() }
  }

  /// Begins columns for series that weren't there before.
  private mutating func begin(_ amounts: [SeriesID: Int64], isLatest: Bool) {
    for (series, amount) in amounts where places[series] == nil {
      // What wasn't listed before held nothing; a process wasn't there.
      let start = series.isNothingWhenAbsent ? 0 : times.count
      places[series] = columns.count
      var column = SampleColumn(
        id: series, start: start, constant: start < times.count ? 0 : amount)
      column.append(amount, rows: times.count)
      if isLatest { column.latest = amount }
      columns.append(column)
    }
  }

  private mutating func noteLatest(_ amounts: [SeriesID: Int64]) {
    _ = put(amounts) { column, value, _ in column.latest = value }
  }

  /// Hands each column its amount, and counts those that have one.
  private mutating func put(
    _ amounts: [SeriesID: Int64], _ take: (inout SampleColumn, Int64, Int) -> Void
  ) -> Int {
    lazy var listed = Set(amounts.keys.lazy.map(\.kind))
    var found = 0
    for place in columns.indices {
      if let amount = amounts[columns[place].id] {
        found += 1
        take(&columns[place], amount, times.count)
      } else {
        let series = columns[place].id
        let isNothing = series.isNothingWhenAbsent && listed.contains(series.kind)
        take(&columns[place], isNothing ? 0 : SampleColumn.missing, times.count)
      }
    }
    return found
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
