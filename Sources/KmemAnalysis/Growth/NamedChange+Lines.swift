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
      let none = BeforeAfter(nil, nil)
      let bytes = BeforeAfter(first.bytes, entry.bytes)
      // Growth within what rounding hides is unknown.
      let rounding = first.error.plus(entry.error)
      if rounding > 0, bytes.growth?.magnitude ?? 0 <= rounding.magnitude { return nil }
      let count = BeforeAfter(Int64(exactly: first.value), Int64(exactly: entry.value))
      return entry.isKilobytes
        ? NamedChange(name: entry.name, bytes: bytes, count: none)
        : NamedChange(name: entry.name, bytes: none, count: count)
    }
  }
}
