internal import KmemParsers

/// How many events of which kind there were, where they are only counted.
struct EventTally: Sendable {
  /// A slab cache as an event tells it.
  struct Cache: Hashable {
    let name: String?
    let size: UInt64
  }

  private(set) var allocations: [TraceRecord.Kind: Int64] = [:]
  private(set) var frees: Int64 = 0
  private(set) var sizes: [UInt64: Int64] = [:]
  private(set) var caches: [Cache: Int64] = [:]

  /// All events.
  var all: Int64 { allocations.values.reduce(frees, +) }

  mutating func add(_ event: AllocationEvent) {
    switch event {
    case .allocated(let allocation, _):
      allocations[allocation.kind, default: 0] += 1
      if allocation.kind == .kmalloc { sizes[allocation.size, default: 0] += 1 }
      if allocation.kind == .cache {
        caches[Cache(name: allocation.cache, size: allocation.size), default: 0] += 1
      }
    case .freed: frees += 1
    case .handedOver, .stack: break
    }
  }
}

/// What a second of counting shows: the kernel's own numbers say how many events there were, and the pages
/// that the buffer still holds say of which kinds.
extension TracefsReader {
  /// Events by kind.
  var totals: EventCounts {
    let (tally, total) = tallied
    return EventCounts(
      allocations: tally.allocations.mapValues { Self.whole($0, tally, total) },
      frees: Self.whole(tally.frees, tally, total), seen: total, missed: 0, kept: 0, lost: 0)
  }

  /// How often sizes of kmalloc and the wanted cache were allocated from.
  func counted(_ target: TraceTarget) -> [SeenCache] {
    let (tally, total) = tallied
    var seen = tally.sizes.map { size, number in
      SeenCache(key: size, allocations: Self.whole(number, tally, total), texts: [])
    }
    if let wanted = target.cacheName {
      let number = tally.caches.filter { cache, _ in
        cache.name.map { $0 == wanted.name } ?? (cache.size == UInt64(clamping: wanted.size))
      }.values.reduce(0, +)
      seen.append(
        SeenCache(
          key: 1 << 63, allocations: Self.whole(number, tally, total), texts: [],
          name: wanted.name))
    }
    return seen
  }

  /// A part of what was read as a part of all.
  private static func whole(_ part: Int64, _ tally: EventTally, _ total: Int64) -> Int64 {
    guard tally.all > 0, total > tally.all else { return part }
    return Int64(Double(part) * Double(total) / Double(tally.all))
  }
}
