import KmemParsers
import KmemSnapshot

/// Per-CPU memory that is much, and the slab that grows with it.
package struct PercpuShare: Hashable, Sendable {
  /// The amount in bytes.
  package let bytes: Int64
  /// The same as a part of MemTotal; nothing where that isn't known.
  package let part: Double?
  /// Whether the amount is the most that it can be: areas of vmallocinfo.
  package let isUpperBound: Bool
  /// Unreclaimable slab, if it is much as well: control groups hold both.
  package let slab: Finding.Share?
}

/// What shows that deleted control groups are still there.
package enum LeftCgroups: Hashable, Sendable {
  /// Memory counts so many groups, the other controllers so many at most.
  case controllers(memory: Int64, others: Int64?)
  /// There are so many slab caches: before 5.9 each group had its own.
  case caches(Int64)
}

extension FindingRules {
  /// Per-CPU memory of 3 % or more: 1 of 135 mostly healthy machines has as much.
  ///
  /// Where only its areas are known it is the most that it can be, and so it must explain a tenth of
  /// memory that is in no other class. Without MemTotal, 100 MiB of areas are worth a note.
  var percpu: Finding? {
    guard snapshot.containerMeminfo == nil else { return nil }
    guard let books else {
      guard let areas = snapshot.vmallocinfo.value?.percpuAreas, areas.bytes >= 100 << 20 else {
        return nil
      }
      return Finding(
        .note,
        .percpu(PercpuShare(bytes: areas.bytes, part: nil, isUpperBound: true, slab: nil)))
    }
    guard let line = books[.percpu], let bytes = line.bytes, let share = share(bytes) else {
      return nil
    }
    let known = min(bytes, bytes.plus(books[.unaccounted]?.bytes ?? 0))
    let part = line.isUpperBound ? self.share(known)?.part ?? 0 : share.part
    guard part >= (line.isUpperBound ? 0.1 : 0.03) else { return nil }
    let unreclaimable = self.share(books[.slabUnreclaimable]?.bytes)
    return Finding(
      .warning,
      .percpu(
        PercpuShare(
          bytes: bytes, part: share.part, isUpperBound: line.isUpperBound,
          slab: unreclaimable.flatMap { $0.part >= 0.1 ? $0 : nil })))
  }

  /// Control groups of version 1 that memory keeps.
  ///
  /// There are 1,000 or more, and three times as many as any other controller has; 10,000 where no
  /// other is listed. Or there are more than 10,000 slab caches.
  ///
  /// Version 2 counts dying groups itself.
  var leftCgroups: Finding? {
    if let counts = snapshot.cgroupCounts, counts.memory >= 1000,
      counts.others.map({ counts.memory / 3 >= $0 }) ?? (counts.memory >= 10000)
    {
      return Finding(
        .warning, .leftCgroups(.controllers(memory: counts.memory, others: counts.others)))
    }
    guard let caches = slab?.caches.first(where: { $0.name == "kmem_cache" }),
      caches.objects > 10000
    else { return nil }
    return Finding(.warning, .leftCgroups(.caches(caches.objects)))
  }
}
