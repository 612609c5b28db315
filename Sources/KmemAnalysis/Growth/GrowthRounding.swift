import KmemParsers
import KmemSnapshot

extension Growth {
  /// What rounding may hide in the growth of a side at most, in bytes; 0 where both moments have the
  /// kernel's own files.
  ///
  /// A side sums several classes, each made of lines that a tool rounded at both moments; single lines,
  /// such as MemTotal, are compared too.
  static func rounding(
    classes: [ClassChange], caches: [CacheChange], from before: Snapshot, to after: Snapshot
  ) -> Int64 {
    var sides: [MemorySide: Int64] = [:]
    for change in classes where change.bytes.growth != nil {
      sides[change.memoryClass.side, default: 0].add(change.rounding)
    }
    let lines = [before, after].sum { snapshot in
      snapshot.standIns.filter { $0.file == Meminfo.file }.map(\.error).max() ?? 0
    }
    return max(lines, sides.values.max() ?? 0).plus(caches.sum(\.rounding))
  }
}
