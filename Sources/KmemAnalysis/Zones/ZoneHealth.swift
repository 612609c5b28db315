import KmemParsers
package import KmemSnapshot

/// A zone's free memory against its watermarks, and how broken up it is.
package struct ZoneHealth: Hashable, Sendable {
  /// The NUMA node of the zone.
  package let node: Int
  /// The zone's name: `DMA32`, `Normal`.
  package let zone: String
  /// Bytes that the buddy allocator manages, or that are present on kernels that don't say (< 3.9).
  package let managed: Int64?
  /// Free bytes; nil where no file tells them.
  package let free: Int64?
  /// Free bytes in areas of CMA, a part of `free` that only movable pages may have (3.7,
  /// `CONFIG_CMA`); nil where no file tells them.
  package let freeCMA: Int64?
  /// The watermarks in bytes, without the boost that fragmentation events add for a while.
  package let min, low, high: Int64?
  /// Bytes that fragmentation events add to the watermarks for a while; nil before 6.1, where no file
  /// prints it.
  package let boost: Int64?
  /// What requests that could be served from each higher zone leave untouched here, in bytes.
  package let protection: [Int64]
  /// How broken up the free memory is; nil where `/proc/buddyinfo` is missing.
  package let fragmentation: Fragmentation?

  /// Where free memory stands.
  package enum Level: Hashable, Sendable {
    /// Above the high watermark.
    case ample
    /// Between low and high: kswapd, once woken, still works.
    case belowHigh
    /// Below low: kswapd reclaims.
    case belowLow
    /// Below min: every allocation reclaims by itself.
    case belowMin
    case unknown
  }

  /// Where free memory outside CMA stands against the watermarks, as kswapd sees it
  /// (`__zone_watermark_unusable_free` in `mm/page_alloc.c`).
  package var level: Level { Level(free: freeOutsideCMA, min: min, low: low, high: high) }

  /// Free bytes that any request may have.
  package var freeOutsideCMA: Int64? { free.map { $0.minus(Swift.min($0, freeCMA ?? 0)) } }

  /// The name with its node: `0 Normal`.
  package var name: String { "\(node) \(zone)" }
}

extension ZoneHealth {
  /// The populated zones of a snapshot, in the kernel's order.
  package static func all(_ snapshot: Snapshot) -> [ZoneHealth] {
    let rows = snapshot.buddyinfo.value?.rows ?? []
    let size = Int64(snapshot.host.pageSize.bytes)
    guard let zones = snapshot.zoneinfo.value?.zones.filter(\.isPopulated), !zones.isEmpty else {
      return rows.map { ZoneHealth(row: $0, pageSize: size) }
    }
    return zones.map { zone in
      ZoneHealth(
        zone: zone, row: rows.first { $0.node == zone.node && $0.zone == zone.name },
        pageSize: size)
    }
  }

  private init(zone: Zoneinfo.Zone, row: Buddyinfo.Row?, pageSize: Int64) {
    func bytes(_ pages: UInt64?) -> Int64? { Int64(pages: pages, of: pageSize) }
    let boost = zone.boost ?? 0
    func unboosted(_ mark: UInt64?) -> Int64? {
      bytes(mark.map { $0 >= boost ? $0 - boost : $0 })
    }
    node = zone.node
    self.zone = zone.name
    managed = bytes(zone.managed ?? zone.present)
    free = bytes(zone.free)
    freeCMA = bytes(zone.counter("nr_free_cma"))
    min = unboosted(zone.min)
    low = unboosted(zone.low)
    high = unboosted(zone.high)
    self.boost = bytes(zone.boost)
    protection = zone.protection.map { bytes($0) ?? 0 }
    fragmentation = row.flatMap { Fragmentation(freeBlocks: $0.freeBlocks) }
  }

  /// Makes a zone of which only `/proc/buddyinfo` tells something.
  private init(row: Buddyinfo.Row, pageSize: Int64) {
    node = row.node
    zone = row.zone
    managed = nil
    freeCMA = nil
    free = Int64(pages: row.freePages, of: pageSize)
    (min, low, high, boost) = (nil, nil, nil, nil)
    protection = []
    fragmentation = Fragmentation(freeBlocks: row.freeBlocks)
  }
}

extension ZoneHealth.Level {
  init(free: Int64?, min: Int64?, low: Int64?, high: Int64?) {
    guard let free, let min, let low, let high else {
      self = .unknown
      return
    }
    self =
      free < min ? .belowMin : free < low ? .belowLow : free < high ? .belowHigh : .ample
  }
}
