package import KmemParsers

/// What one control group's memory is used for, by files of that group alone; amounts are in bytes.
package struct GroupMemory: Hashable, Sendable {
  /// What the group may have.
  package let limit: GroupMemoryText.Limit
  /// What it has, printed or else summed.
  package let usage: Int64
  /// Whether the usage is the sum of the parts, as no file tells it.
  package let isSummed: Bool
  /// What it has, the largest first, without what is nothing.
  package let parts: [NamedAmount<Part>]
  /// Whether `memory.stat` tells whose it is.
  package let isDivided: Bool
  /// How many groups or moments stand above in the text.
  package let others: Int

  /// Whose memory a part is.
  package enum Part: String, Hashable, Sendable {
    case anonymous, cache, shmem, kernel, slabReclaimable, sockets
    /// Charged to the group, and in none of the values.
    case rest

    /// Whose a part is, by the words of all verdicts.
    package var side: MemorySide {
      switch self {
      case .anonymous: .userSpace
      case .shmem, .sockets: .heldForUserSpace
      case .cache, .slabReclaimable: .cache
      case .kernel: .kernel
      case .rest: .unaccounted
      }
    }
  }

  /// Sums the parts of a group's values.
  package init(_ text: GroupMemoryText) {
    func bytes(_ names: String...) -> Int64? {
      names.lazy.compactMap { text.stat[$0] }.first.map(Int64.init(clamping:))
    }
    let shmem = bytes("shmem", "total_shmem") ?? 0
    let given = bytes("slab_reclaimable") ?? 0
    let known = [
      "slab_unreclaimable", "kernel_stack", "pagetables", "sec_pagetables", "percpu", "vmalloc",
    ]
    .compactMap { bytes($0) }.reduce(Int64(0)) { $0.plus($1) }
    let kernel = bytes("kernel").map { max(0, $0.minus(given)) } ?? known
    var parts: [(Part, Int64)] = [
      (.anonymous, bytes("anon", "total_rss", "rss") ?? 0),
      (.cache, max(0, (bytes("file", "total_cache", "cache") ?? 0).minus(shmem))), (.shmem, shmem),
      (.kernel, kernel), (.slabReclaimable, given), (.sockets, bytes("sock") ?? 0),
    ]
    let sum = parts.reduce(Int64(0)) { $0.plus($1.1) }
    usage = text.usage.map(Int64.init(clamping:)) ?? sum
    isSummed = text.usage == nil
    // The counters of one processor each are summed late: a little less or more is no part.
    if usage.minus(sum) > max(usage / 20, 4 << 20) { parts.append((.rest, usage.minus(sum))) }
    self.parts = parts.filter { $0.1 > 0 }.sorted { $0.1 > $1.1 }
      .map { NamedAmount(name: $0.0, bytes: $0.1, count: 1) }
    isDivided = !text.stat.isEmpty
    limit = text.limit
    others = text.others
  }

  /// The share of the limit that is in use, from 0 to 1; nothing without one.
  package var share: Double? {
    guard case .bytes(let limit) = limit, limit > 0 else { return nil }
    return Double(usage) / Double(limit)
  }

  /// What the group has without what is given back.
  package var kept: Int64 {
    usage.minus(parts.filter { $0.name.side == .cache }.sum { $0.bytes })
  }

  /// Whether nine tenths of the limit are in use, and can't be given back.
  package var isShort: Bool {
    guard case .bytes(let limit) = limit, isDivided else { return false }
    return kept >= Int64(clamping: limit / 10 * 9)
  }
}
