/// All mappings of one process, with how much of each is in memory.
package struct MemoryMap: Sendable {
  /// By what rows are sorted: by address, or the largest first.
  package enum Order: String, CaseIterable, Sendable {
    case address, vss, rss, pss, uss, swap, growth
  }

  /// The process whose mappings these are.
  package let process: ProcessMemory
  /// Seconds since the first sample; nil where there was one only.
  package let seconds: Double?
  /// The mappings by address.
  package let areas: [MapArea]
  /// The mappings of the first sample that are gone.
  package let gone: [MapArea]
  /// Page faults since the first sample that needed no reading from disk; nil where there was one
  /// sample only.
  package let minorFaults: Int64?
  /// Page faults since the first sample that had to read from disk; nil where there was one sample
  /// only.
  package let majorFaults: Int64?

  /// The mappings of one sample.
  package init(_ process: ProcessMemory, _ areas: [MapArea]) {
    self.process = process
    self.areas = areas
    seconds = nil
    gone = []
    minorFaults = nil
    majorFaults = nil
  }

  /// The mappings of a later sample, compared with an earlier one taken this many seconds before.
  package init(_ process: ProcessMemory, _ areas: [MapArea], since earlier: Self, seconds: Double) {
    self.process = process
    self.seconds = seconds
    var matches = MapMatches(earlier.areas)
    self.areas = areas.map { matches.compared($0) }
    gone = matches.left
    minorFaults = Self.difference(earlier.process.minorFaults, process.minorFaults)
    majorFaults = Self.difference(earlier.process.majorFaults, process.majorFaults)
  }

  private static func difference(_ before: Int64?, _ after: Int64?) -> Int64? {
    guard let before, let after else { return nil }
    return after.minus(before)
  }

  /// The sums over all mappings.
  package var total: MapArea? { Self.merged(areas) }

  /// The mappings in that order.
  package func rows(_ order: Order) -> [MapArea] { Self.sorted(areas, order) }

  /// The mappings in that order, those alike in a property merged into one.
  package func rows(_ order: Order, merging property: (MapArea) -> some Hashable) -> [MapArea] {
    let groups = Dictionary(grouping: areas, by: property).values
    return Self.sorted(groups.compactMap(Self.merged), order)
  }

  private static func sorted(_ rows: [MapArea], _ order: Order) -> [MapArea] {
    rows.sorted { first, second in
      let keys = (first.key(order), second.key(order))
      return keys.0 == keys.1 ? first.start < second.start : keys.0 > keys.1
    }
  }

  private static func merged(_ areas: [MapArea]) -> MapArea? {
    guard let first = areas.min(by: { $0.start < $1.start }) else { return nil }
    guard areas.count > 1 else { return first }
    var sum = first
    for area in areas where area != first { sum.add(area) }
    return sum
  }
}

extension MapArea {
  @inline(never)
  fileprivate mutating func add(_ other: MapArea) {
    count = count.plus(other.count)
    vss = vss.plus(other.vss)
    rss = rss.plus(other.rss)
    pss = pss.plus(other.pss)
    uss = uss.plus(other.uss)
    swap = swap.plus(other.swap)
    if let more = other.gained { gained = (gained ?? 0).plus(more) }
    if let more = other.gainedVss { gainedVss = (gainedVss ?? 0).plus(more) }
  }

  fileprivate func key(_ order: MemoryMap.Order) -> Int64 {
    switch order {
    case .address: 0
    case .vss: vss
    case .rss: rss
    case .pss: pss
    case .uss: uss
    case .swap: swap
    case .growth: gained ?? .min
    }
  }
}
