/// Puts lines of meminfo together.
struct MeminfoLines {
  let kilobytes: UInt64
  private(set) var entries: [Meminfo.Entry] = []

  init(kilobytes: UInt64) { self.kilobytes = kilobytes }

  /// Adds an amount in pages, where it is known and no machine has more.
  mutating func pages(_ key: Meminfo.Key, _ pages: UInt64?) {
    guard let pages, pages < 1 << 44 else { return }
    kilobytes(key, pages * kilobytes)
  }

  /// Adds an amount in KiB, where it is known.
  mutating func kilobytes(_ key: Meminfo.Key, _ amount: UInt64?) {
    guard let amount, amount < 1 << 52 else { return }
    entries.append(Meminfo.Entry(name: key.rawValue, value: amount, isKilobytes: true))
  }

  /// Adds a count.
  mutating func count(_ key: Meminfo.Key, _ count: UInt64) {
    entries.append(Meminfo.Entry(name: key.rawValue, value: count, isKilobytes: false))
  }
}
