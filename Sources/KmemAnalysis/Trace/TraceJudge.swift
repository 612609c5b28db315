import KmemParsers

/// Judges groups of traced allocations: whether one rises, and why the others don't.
///
/// No rule of age, survival or trend tells a cache that fills from a leak. So whose the memory is comes
/// first, then what proves that it was freed, then its course, and the kernel's own books last.
struct TraceJudge {
  /// What rises keeps at least this share of what it allocates.
  private static let leastSurvival = 0.5
  /// Books must have gained at least this share of what is outstanding.
  private static let leastGrowth = 0.5
  /// The same, where most of what is allocated is freed.
  private static let mostGrowth = 0.75

  let record: TraceRecord
  let books: TraceBooks

  func group(_ subject: TraceSubject, _ members: TraceGrouping.Members) -> TraceGroup {
    let windows = record.windows.count
    func total(_ counts: KeyPath<TraceRecord.Sum, [Int64]>) -> [Int64] {
      members.sums.reduce(into: [Int64](repeating: 0, count: windows)) { totals, member in
        for (index, count) in member.sum[keyPath: counts].enumerated() {
          totals[index] = totals[index].plus(count)
        }
      }
    }
    let (allocated, left) = (total(\.allocated), total(\.left))
    let bytes = members.sums.reduce(Int64(0)) {
      $0.plus($1.sum.left.reduce(0, +).timesClamped($1.sum.size))
    }
    let most = members.sums.max { $0.sum.left.reduce(0, +) < $1.sum.left.reduce(0, +) }
    var group = TraceGroup(
      frames: most?.frames ?? [], stacks: members.sums.count, subject: subject,
      left: left.reduce(0, +), bytes: bytes, allocated: allocated.reduce(0, +),
      freed: total(\.freed).reduce(0, +), reused: total(\.reused).reduce(0, +),
      course: TraceCourse(allocated: allocated, left: left, windows: record.windows),
      growth: books.growth(of: subject), judgement: .tooFew)
    group.judgement = judgement(of: group)
    return group
  }

  private func judgement(of group: TraceGroup) -> TraceGroup.Judgement {
    switch side(of: group) {
    case .cache, .debugging: return .cache
    case .heldForUserSpace, .userSpace: return .heldForUserSpace
    case .kernel, .unaccounted, .free: break
    }
    if isFreedUnseen(group) { return .freedUnseen }
    if group.left < TraceReport.leastObjects { return .tooFew }
    switch group.course.shape {
    case .tooShort: return .tooShort
    case .uneven: return .uneven
    case .steady, .stopped: return byBooks(group)
    }
  }

  private func byBooks(_ group: TraceGroup) -> TraceGroup.Judgement {
    let bytes = group.bytes.timesClamped(record.sampling)
    guard let growth = group.growth else { return .withoutBooks }
    guard Double(growth) >= Self.leastGrowth * Double(bytes) else {
      return bytes < blindSpot(of: group) ? .tooSmallForBooks : .withoutGrowth
    }
    if case .stopped = group.course.shape { return .stopped }
    if group.course.survival >= Self.leastSurvival { return .rising }
    // A function that most callers use as they should: what stays must be no younger than the trace, and
    // be in the books.
    let isBooked = Double(growth) >= Self.mostGrowth * Double(bytes)
    return isBooked && !group.course.fades && bytes > blindSpot(of: group) ? .rising : .partly
  }

  /// The groups, so that each byte of the books bears out one of them: those that hold most come first.
  ///
  /// Beside a leak, any other group of the same cache would else seem borne out by the leak's growth.
  func sharing(_ groups: [TraceGroup]) -> [TraceGroup] {
    var rest: [String: Int64] = [:]
    return groups.sorted { $0.bytes > $1.bytes }.map { group in
      guard group.judgement == .rising, let growth = group.growth else { return group }
      let bytes = group.bytes.timesClamped(record.sampling)
      let left = rest[group.subject.book] ?? growth
      rest[group.subject.book] = left.minus(bytes)
      guard Double(left) < Self.leastGrowth * Double(bytes) else { return group }
      var group = group
      group.judgement = bytes < blindSpot(of: group) ? .tooSmallForBooks : .withoutGrowth
      return group
    }
  }

  /// Addresses that are handed out again prove frees that no event told of, by kfree_rcu() and in bulk.
  private func isFreedUnseen(_ group: TraceGroup) -> Bool {
    let isOften = group.reused.timesClamped(5) > group.allocated
    let isMost = group.reused > group.freed && group.reused.timesClamped(10) > group.allocated
    return isOften || isMost
  }

  private func side(of group: TraceGroup) -> MemorySide {
    var side = MemorySide.kernel
    if case .cache(let name?) = group.subject {
      var isReclaimable: Bool?
      if case .cache(_, _, let flag)? = books.cache(name)?.subject { isReclaimable = flag }
      side = MemorySide(ofCache: name, isReclaimable: isReclaimable)
    }
    return side == .kernel ? TraceObjects.side(of: group.frames) ?? side : side
  }

  /// Bytes by which the books may be behind.
  ///
  /// SLUB counts the free objects of partial slabs that processors keep as used (`set_cpu_partial`): new
  /// ones fill them first. What is in no class of the books goes up and down by more.
  private func blindSpot(of group: TraceGroup) -> Int64 {
    switch group.subject {
    case .pages, .largeKmalloc: 2 << 20
    case .percpu: 256 << 10
    case .kmalloc, .cache:
      Self.kept(size: group.objectSize).timesClamped(group.objectSize)
        .timesClamped(Int64(max(1, record.processors)))
    }
  }

  /// Objects that a processor may keep on partial slabs, twice the number that SLUB aims at.
  private static func kept(size: Int64) -> Int64 {
    switch size {
    case ..<256: 240
    case ..<1024: 104
    case ..<4096: 48
    default: 12
    }
  }
}
