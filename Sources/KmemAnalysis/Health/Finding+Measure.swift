extension Finding {
  /// What a finding is measured by, so that it can be accepted up to a limit.
  enum Measure: Hashable, Sendable {
    /// An amount; more is worse.
    case share(Share)
    /// An amount of which less is worse.
    case left(Share)
    /// Bytes without a part of anything.
    case bytes(Int64)
    /// A part of a whole, from 0 to 1.
    case part(Double)
    case count(Int64)
    /// It is so, or it isn't.
    case none
  }

  /// What the finding is measured by.
  var measure: Measure {
    switch kind {
    case .container, .unmanaged, .zone, .assumedPageSize: .none
    case .available(let share): .left(share)
    case .countedTwice(let bytes): .bytes(bytes)
    case .unaccounted(let share, _): .share(share)
    case .incomplete(let share, _): .share(share)
    case .unreclaimableSlab(let share, _): .share(share)
    case .largeCache(let suspect, _, _): .bytes(suspect.cache.bytes)
    case .dead(let dead): .count(dead.dead)
    case .lockstep(let lockstep): .bytes(lockstep.bytes)
    case .packets(let packets): .count(packets.count)
    case .reclaimableSlab(let share, _): .share(share)
    case .pageTables(let share, _): .share(share)
    case .secPageTables(let share): .share(share)
    case .shmem(let share, _): .share(share)
    case .mlocked(let share): .share(share)
    case .kernelStacks(let share, _, _): .share(share)
    case .vmalloc(let share, _): .share(share)
    case .orphans(let count, _): .count(count)
    case .idleHugePages(let share): .share(share)
    case .strayPages(let share): .share(share)
    case .hugePagesInUse(let share): .share(share)
    case .otherHugePages(let share): .share(share)
    case .percpu(let percpu):
      percpu.part.map { .share(Share(bytes: percpu.bytes, part: $0)) } ?? .bytes(percpu.bytes)
    case .leftCgroups(.controllers(let count, _)), .leftCgroups(.caches(let count)): .count(count)
    case .balloon(_, let bytes): .bytes(bytes)
    case .cmaFree(let cma, _), .cmaInUse(let cma): .bytes(cma.total)
    case .compressedSwap(let share, _): .share(share)
    case .notInAvailable(let share, _): .share(share)
    case .stalled(let percent): .part(percent / 100)
    case .dyingCgroups(let count): .count(count)
    case .swapFull(let free, let total):
      .share(Share(bytes: total.minus(free), part: 1 - Double(free) / Double(max(total, 1))))
    case .kills(let count, _, _): .count(Int64(count))
    }
  }
}
