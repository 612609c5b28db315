extension MemoryReportReader {
  /// The lines about a control group at its limit; false for any other.
  mutating func takeCgroup(_ text: Span<UInt8>) -> Bool {
    if let place = text.offset(of: "killed as a result of limit of ") {
      goOnWithKiller()
      var group = current?.cgroup ?? LimitedCgroup()
      group.path = text.extracting((place + 31)..<text.count).trimmed().text
      if let task = text.offset(of: "Task in ") {
        group.killedIn = text.extracting((task + 8)..<place).trimmed().text
      }
      current?.cgroup = group
      return true
    }
    if text.starts(with: "Memory cgroup stats for ") { return takeStatistics(text) }
    guard let place = text.offset(of: ": usage "), place < 16,
      let usage = text.value(of: "usage ")?.kilobytesAlone,
      let limit = text.value(of: "limit ")?.kilobytesAlone
    else { return false }
    goOnWithKiller()
    var group = current?.cgroup ?? LimitedCgroup()
    let name = text.extracting(0..<place).text
    if !group.limits.contains(where: { $0.name == name }) {
      group.limits.append(
        LimitedCgroup.Limit(
          name: name, usage: usage, limit: limit, failures: text.value(of: "failcnt ")?.decimal))
    }
    current?.cgroup = group
    return true
  }

  /// `Memory cgroup stats for /a: cache:0KB rss:1024KB` (up to 5.2, a line for each group below the
  /// limit), or the head of lines of `memory.stat` (5.3).
  private mutating func takeStatistics(_ text: Span<UInt8>) -> Bool {
    let rest = text.extracting(24..<text.count)
    let colon = rest.offset(ofByte: Ascii.colon)
    let name = rest.extracting(0..<colon).text
    goOnWithKiller()
    if current?.cgroup == nil { current?.cgroup = LimitedCgroup() }
    if current?.cgroup?.path == nil { current?.cgroup?.path = name }
    section = .cgroup
    guard colon < rest.count else { return true }
    for (key, value) in rest.extracting((colon + 1)..<rest.count).kilobytes where value < 1 << 50 {
      let known = current?.cgroup?.stats[key] ?? 0
      current?.cgroup?.stats[key] = known + value * 1024
    }
    return true
  }

  /// `anon 123456`: bytes, or a count of events.
  mutating func takeStatistic(_ text: Span<UInt8>) {
    var fields = Fields(text)
    guard let name = fields.next(), name.isCounterName, let value = fields.nextDecimal(),
      fields.isAtEnd
    else { return }
    let key = name.text
    guard current?.cgroup?.stats[key] == nil, (current?.cgroup?.stats.count ?? 0) < 200 else {
      return
    }
    current?.cgroup?.stats[key] = value
  }
}

extension Span<UInt8> {
  /// A word such as `1048576kB`.
  fileprivate var kilobytesAlone: UInt64? {
    guard count > 2, self[count - 1] == UInt8(ascii: "B") else { return nil }
    return extracting(0..<(count - 2)).decimal
  }
}
