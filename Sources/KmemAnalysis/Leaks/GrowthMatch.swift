import KmemParsers

/// In how many readings of the report a group was seen.
package struct ReadingCount: Hashable, Sendable {
  /// How many readings of the report held the group.
  package let seen: Int
  /// How many readings there were.
  package let readings: Int
}

/// What memory that grew says of a group.
package struct GrowthMatch: Hashable, Sendable {
  /// Whether the growth of memory supports that the group is a leak; the raw values are for
  /// programs.
  package enum Word: String, Hashable, Sendable {
    case matching
    case notMatching = "not matching"
    /// Less than what caches grow by without a leak.
    case tooSmall = "too small to tell"
    /// Allocated before the earlier of the two moments.
    case older
  }

  /// What the comparison of the group's bytes with the growth came to.
  package let word: Word
  /// What grew: the caches of the objects' size, or a class of memory.
  ///
  /// It is unreclaimable slab where kmalloc has no cache for objects of this size.
  package let places: [SeriesID]
  /// How much it grew, in bytes.
  package let bytes: Int64
}

extension LeakGroup {
  /// How sure it is that the objects are lost.
  package enum Certainty: String, Sendable {
    /// Unreferenced in two readings or more, and memory grew by as much.
    case confirmed = "leak confirmed"
    case suspected = "leak suspected"
  }

  /// Confirmed if two readings held the group and memory grew by as much, else suspected.
  package var certainty: Certainty {
    (sightings?.seen ?? 0) > 1 && growth?.word == .matching ? .confirmed : .suspected
  }
}

extension LeakReport {
  /// The report, with what earlier readings of the same scans say of each group.
  package func seen(in earlier: [LeakReport]) -> LeakReport {
    let stacks = earlier.map { Set($0.groups.map(\.frames)) }
    var report = self
    for index in report.groups.indices {
      let frames = report.groups[index].frames
      report.groups[index].sightings = ReadingCount(
        seen: 1 + stacks.count { $0.contains(frames) }, readings: 1 + stacks.count)
    }
    return report
  }

  /// The report, with what memory growth since a moment (seconds since boot) says of each group.
  package func compared(with growth: Growth, since start: Double?) -> LeakReport {
    var report = self
    for index in report.groups.indices {
      let group = report.groups[index]
      report.groups[index].growth = GrowthMatch(
        group, growth, isOlder: isOlder(group, than: start))
    }
    report.growthVerdict = growth.verdict
    return report
  }

  /// Whether not one object of the group was allocated after a moment.
  private func isOlder(_ group: LeakGroup, than start: Double?) -> Bool {
    if let news = group.news { return news.new == 0 }
    guard let start, let last = group.jiffies?.upperBound else { return false }
    return clock?.seconds(last).map { $0 < start } ?? false
  }
}

extension GrowthMatch {
  /// Growth below this comes and goes: per-CPU slabs fill and drain.
  private static let floor: Int64 = 64 << 10

  init(_ group: LeakGroup, _ growth: Growth, isOlder: Bool) {
    let expected = group.news?.newBytes ?? group.bytes
    let grown = Self.places(of: group, in: growth)
    places = grown.map(\.place)
    bytes = grown.sum(\.bytes)
    if isOlder {
      word = .older
    } else if expected < Self.floor {
      word = .tooSmall
    } else {
      // Half: some of the objects may lie in slabs that were there before.
      word = bytes >= expected / 2 ? .matching : .notMatching
    }
  }

  /// The caches or the class that hold objects of the group's size, with what each grew by in
  /// bytes.
  private static func places(
    of group: LeakGroup, in growth: Growth
  ) -> [(place: SeriesID, bytes: Int64)] {
    if group.kinds.entries.contains(where: { $0.value == .percpu }) {
      return [(.memoryClass(.percpu), growth[.percpu] ?? 0)]
    }
    if group.frames.contains(where: \.isVmalloc) {
      return [(.memoryClass(.vmalloc), growth[.vmalloc] ?? 0)]
    }
    let sizes = Set(group.sizes.entries.map { Int64(clamping: $0.value) })
    let caches = growth.caches.elements.filter { cache in
      cache.growth != 0 && sizes.contains { cache.mayHold($0) }
    }
    guard caches.isEmpty, sizes.allSatisfy({ $0 > 8192 }) else {
      return caches.map { (.slabCache($0.name), $0.growth) }
    }
    return [(.memoryClass(.slabUnreclaimable), growth[.slabUnreclaimable] ?? 0)]
  }
}

extension LeakFrame {
  /// Whether the frame takes an area of vmalloc: kvmalloc does so only where kmalloc has no room, and
  /// then vmalloc's own functions are in the stack.
  fileprivate var isVmalloc: Bool {
    guard let symbol else { return false }
    let name = AllocatorFunctions.stem(symbol)
    return ["vmalloc", "vzalloc", "vcalloc"].contains { name.hasPrefix($0) }
  }
}

extension CacheChange {
  /// Whether the cache may hold an object that kmemleak reports with this size.
  ///
  /// kmemleak prints the size without alignment and debugging; slabinfo's has both. The kmalloc
  /// caches say the plain size in their names, all variants of them (`kmalloc-cg-192`).
  func mayHold(_ size: Int64) -> Bool {
    if name.contains("kmalloc") {
      return GenericCache.objectSize(GenericCache.commonName(name)) == size
    }
    // Behind the object there may be a pointer to the next free one, then the alignment.
    return objectSize >= size && objectSize <= size.plus(8 + 63) / 64 * 64
  }
}
