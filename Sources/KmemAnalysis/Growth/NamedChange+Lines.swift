import KmemParsers
import KmemSnapshot

extension NamedChange<String> {
  /// The lines of meminfo that both moments have and that changed, in the file's order.
  static func lines(from before: Snapshot, to after: Snapshot) -> [NamedChange<String>] {
    guard let old = before.meminfo.value, let new = after.meminfo.value else { return [] }
    return new.entries.compactMap { entry in
      guard let first = old[entry.name], first.value != entry.value,
        first.isKilobytes == entry.isKilobytes
      else { return nil }
      let count = BeforeAfter(Int64(exactly: first.value), Int64(exactly: entry.value))
      let none = BeforeAfter(nil, nil)
      return entry.isKilobytes
        ? NamedChange(name: entry.name, bytes: BeforeAfter(first.bytes, entry.bytes), count: none)
        : NamedChange(name: entry.name, bytes: none, count: count)
    }
  }
}
