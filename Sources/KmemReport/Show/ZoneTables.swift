import KmemAnalysis

/// The zones' watermarks and how broken up their free memory is.
struct ZoneTables {
  let zones: [ZoneHealth]

  init(_ zones: [ZoneHealth]) { self.zones = zones }

  var watermarks: Table {
    var table = Table([
      .text("node zone"), .number("managed"), .number("free"), .number("min"), .number("low"),
      .number("high"), .prose(""),
    ])
    for zone in zones {
      table.add(
        Table.Cell(zone.name), Self.cell(zone.managed), Self.cell(zone.free), Self.cell(zone.min),
        Self.cell(zone.low), Self.cell(zone.high), level(zone))
    }
    return table
  }

  /// One row a zone and one column an order: percent of free memory that can't serve such a request.
  ///
  /// Kernels are built with up to 17 orders; what doesn't fit beside each other is set below.
  func fragmentation(width: Int?) -> [Table] {
    let orders = zones.compactMap { $0.fragmentation?.freeBlocks.count }.max() ?? 0
    let perTable = max(4, ((width ?? 160) - 16) / 5)
    return stride(from: 0, to: orders, by: perTable).map { first in
      fragmentation(orders: first..<min(orders, first + perTable))
    }
  }

  private func fragmentation(orders: Range<Int>) -> Table {
    var table = Table([.text("node zone")] + orders.map { .number("\($0)") })
    for zone in zones {
      guard let fragmentation = zone.fragmentation else { continue }
      let cells = orders.map { order -> Table.Cell in
        guard order < fragmentation.freeBlocks.count else { return "" }
        let index = fragmentation.unusableIndex(order: order)
        return Table.Cell("\(index / 10)", index >= 900 ? .warning : .none)
      }
      table.add([Table.Cell(zone.name)] + cells)
    }
    return table
  }

  private func level(_ zone: ZoneHealth) -> Table.Cell {
    switch zone.level {
    case .belowMin: Table.Cell("below min", .bad)
    case .belowLow: Table.Cell("below low", .warning)
    case .belowHigh: "below high"
    case .ample: Table.Cell("ample", .faint)
    case .unknown: ""
    }
  }

  private static func cell(_ bytes: Int64?) -> Table.Cell {
    Table.Cell(bytes.map(Amount.short) ?? "")
  }
}
