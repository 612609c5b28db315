import KmemAnalysis

/// The zones' watermarks and how broken up their free memory is.
struct ZoneTables {
  let zones: [ZoneHealth]

  init(_ zones: [ZoneHealth]) { self.zones = zones }

  var watermarks: Table {
    // Most machines have no CMA.
    let hasCMA = zones.contains { $0.freeCMA ?? 0 > 0 }
    var table = Table(
      [.text("node zone"), .number("managed"), .number("free")]
        + (hasCMA ? [.number("of it CMA")] : [])
        + [.number("min"), .number("low"), .number("high"), .prose("")])
    for zone in zones {
      table.add(
        [Table.Cell(zone.name), Self.cell(zone.managed), Self.cell(zone.free)]
          + (hasCMA ? [Self.cell(zone.freeCMA)] : [])
          + [Self.cell(zone.min), Self.cell(zone.low), Self.cell(zone.high), level(zone)])
    }
    return table
  }

  /// What each zone keeps back from requests that higher zones could serve.
  var protection: Table {
    var table = Table([.text("node zone"), .prose("kept from requests for zone 0, 1, 2 …")])
    for zone in zones where zone.protection.contains(where: { $0 > 0 }) {
      table.add(
        Table.Cell(zone.name),
        Table.Cell(zone.protection.map(Amount.short).joined(separator: ", ")))
    }
    return table
  }

  /// The free blocks of each zone: one row a zone and one column an order.
  ///
  /// Kernels are built with up to 17 orders; columns that don't fit beside the others go into a
  /// table below.
  func fragmentation(width: Int?, _ index: Index) -> [Table] {
    let orders = zones.compactMap { $0.fragmentation?.freeBlocks.count }.max() ?? 0
    let perTable = max(4, ((width ?? 160) - 16) / index.columns)
    return stride(from: 0, to: orders, by: perTable).map { first in
      fragmentation(index, orders: first..<min(orders, first + perTable))
    }
  }

  private func fragmentation(_ index: Index, orders: Range<Int>) -> Table {
    var table = Table([.text("node zone")] + orders.map { .number("\($0)") })
    for zone in zones {
      guard let fragmentation = zone.fragmentation else { continue }
      let cells = orders.map { order -> Table.Cell in
        guard order < fragmentation.freeBlocks.count else { return "" }
        return index.cell(fragmentation, order)
      }
      table.add([Table.Cell(zone.name)] + cells)
    }
    return table
  }

  /// Which of the kernel's two indices is shown.
  enum Index {
    /// The percentage of free memory that can't serve a request of the order.
    case unusable
    /// Why such a request would fail: 0 lack of memory, 1 fragmentation, - it would not fail.
    case external

    var columns: Int { self == .unusable ? 5 : 7 }

    func cell(_ fragmentation: Fragmentation, _ order: Int) -> Table.Cell {
      switch self {
      case .unusable:
        let index = fragmentation.unusableIndex(order: order)
        return Table.Cell("\(index / 10)", index >= 900 ? .warning : .none)
      case .external:
        let index = fragmentation.externalIndex(order: order)
        guard index != -1000 else { return Table.Cell("-", .faint) }
        let digits = String(index.magnitude)
        let padded = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        return Table.Cell("\(index < 0 ? "-" : "")\(padded.dropLast(3)).\(padded.suffix(3))")
      }
    }
  }

  private func level(_ zone: ZoneHealth) -> Table.Cell {
    switch zone.level {
    case .belowMin: Table.Cell(zone.level.words, .bad)
    case .belowLow: Table.Cell(zone.level.words, .warning)
    case .belowHigh: Table.Cell(zone.level.words)
    case .ample: Table.Cell(zone.level.words, .faint)
    case .unknown: ""
    }
  }

  private static func cell(_ bytes: Int64?) -> Table.Cell {
    Table.Cell(bytes.map(Amount.short) ?? "")
  }
}

extension ZoneHealth.Level {
  /// Where free memory stands, in tables and in JSON.
  var words: String {
    switch self {
    case .ample: "ample"
    case .belowHigh: "below high"
    case .belowLow: "below low"
    case .belowMin: "below min"
    case .unknown: "unknown"
    }
  }
}
