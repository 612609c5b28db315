import KmemParsers

extension LeakGroup {
  /// Ticks from the first allocation to the last: the same bytes in fewer are a higher rate.
  var span: UInt64 { jiffies.map { $0.upperBound - $0.lowerBound } ?? .max }

  /// Looks at all counts, so that a processor has them when an object is counted.
  ///
  /// Counts of thousands of groups lie outside its caches. To look at those of some objects at once makes it
  /// wait for them together, and not one after another.
  var touched: Int {
    sizes.distinct &+ kinds.distinct &+ contents.distinct &+ extents.distinct
      &+ printed.distinct &+ commNumbers.distinct &+ pids.distinct &+ examples.count
  }

  /// Counts an object.
  mutating func add(_ record: KmemleakRecord) {
    let size = Int64(clamping: record.size)
    let others = Int64(clamping: record.others)
    objects = objects.plus(1).plus(others)
    unseen = unseen.plus(others)
    bytes = bytes.plus(size.timesClamped(others.plus(1)))
    sizes.add(record.size)
    kinds.add(record.kind)
    contents.add(record.dump.content)
    extents.add(record.extent)
    if let text = record.dump.printed { printed.add(text) }
    if let comm = record.comm { commNumbers.add(comm) }
    if let pid = record.pid { pids.add(pid) }
    if let ticks = record.jiffies { jiffies = Self.widened(jiffies, ticks) }
    if let age = record.age { ages = Self.widened(ages, age) }
    if examples.count < 3 {
      examples.append(LeakExample(address: record.address, line: record.line))
    }
  }

  /// Gives its tasks their names.
  mutating func name(_ names: [String]) { comms = commNumbers.map { names[$0] } }

  /// Counts what one iteration lost.
  mutating func lose(_ objects: Int64, _ bytes: Int64, in window: Int, of count: Int) {
    if iterations.isEmpty { iterations = Array(repeating: LeakCount(), count: count) }
    iterations[window].objects = iterations[window].objects.plus(objects)
    iterations[window].bytes = iterations[window].bytes.plus(bytes)
  }

  mutating func compare(_ record: KmemleakRecord, isNew: Bool) {
    var news = news ?? BaselineDelta()
    if isNew {
      news.new += 1
      news.newBytes = news.newBytes.plus(Int64(clamping: record.size))
    } else {
      news.still += 1
    }
    self.news = news
  }

  private static func widened(_ range: ClosedRange<UInt64>?, _ value: UInt64)
    -> ClosedRange<UInt64>
  {
    guard let range else { return value...value }
    return min(range.lowerBound, value)...max(range.upperBound, value)
  }
}
