package import KmemAnalysis

/// A process's mappings as a table.
package struct MapText: TextReport {
  /// What mappings are merged by.
  package enum Merging: String, CaseIterable, Sendable {
    case file, kind
  }

  private let map: MemoryMap
  private let order: MemoryMap.Order
  private let merging: Merging?
  private let limit: Int
  /// The page that the answer is written to.
  package var page: TextPage

  /// Prepares the table; `limit` is the most rows.
  package init(
    _ map: MemoryMap, order: MemoryMap.Order, merging: Merging?, limit: Int, style: Style
  ) {
    self.map = map
    self.order = order
    self.merging = merging
    self.limit = limit
    page = TextPage(style)
  }

  /// Writes the process, the table of its mappings, and which of them grows.
  package mutating func write() {
    process()
    let rows = map.rows(order, by: merging)
    page.heading(
      merging == nil ? "Mappings" : "Mappings by \(merging?.rawValue ?? "")",
      note:
        "by \(order == .address || order == .growth ? order.rawValue : order.rawValue.uppercased())"
        + (map.seconds.map { "; gained in \(Amount.duration($0))" } ?? "")
    )
    page.add(table(rows))
    let hidden = rows.dropFirst(limit)
    if !hidden.isEmpty {
      let rss = Amount.short(hidden.sum { $0.rss })
      page.sentence("+ \(hidden.count) more with \(rss) RSS in all (-n shows more)", .faint)
    }
    verdict()
  }

  /// Writes which process it is, and its page faults.
  private mutating func process() {
    let process = map.process
    var parts = [ProcessFormat.name(process)]
    if let line = process.commandLine, line != process.name {
      parts.append(TerminalText.fitted(line, 160, atEnd: true))
    }
    if let threads = process.threads {
      parts.append(ProcessFormat.count(threads, "thread", "threads"))
    }
    page.sentence(parts.joined(separator: " · "), .heading, indent: 0)
    guard let minor = process.minorFaults, let major = process.majorFaults else { return }
    var sentence =
      "page faults since its start: \(Amount.count(minor)) minor, \(Amount.count(major)) major"
    if let seconds = map.seconds, let minor = map.minorFaults, let major = map.majorFaults {
      sentence +=
        "; in the last \(Amount.duration(seconds)): \(Amount.count(minor)) minor, "
        + "\(Amount.count(major)) major"
    }
    page.sentence(sentence, .faint)
  }
}

extension MapText {
  /// The columns before the amounts.
  private var heads: [String] {
    guard merging == nil else { return [] }
    return isNarrow ? ["address", "perm"] : ["address", "perm", "kind"]
  }

  private var isNarrow: Bool { page.style.width.map { $0 < 110 } ?? false }

  /// The amounts to show: all that fit; on a narrow terminal the telling ones and that by which
  /// rows are sorted.
  private func columns(_ rows: [MapArea]) -> [(title: String, amount: (MapArea) -> Int64)] {
    let all: [(String, MemoryMap.Order, (MapArea) -> Int64)] = [
      ("VSS", .vss, \.vss), ("RSS", .rss, \.rss), ("PSS", .pss, \.pss), ("USS", .uss, \.uss),
      ("swap", .swap, \.swap),
    ]
    return all.filter { title, column, _ in
      switch column {
      case order: true
      case .swap: !isNarrow && rows.contains { $0.swap > 0 }
      case .vss: !isNarrow || map.seconds == nil
      default: true
      }
    }.map { ($0.0, $0.2) }
  }

  private func table(_ rows: [MapArea]) -> Table {
    let columns = columns(rows)
    var table = Table(
      heads.map { .text($0) } + columns.map { .number($0.title) }
        + (map.seconds == nil ? [] : [.number("gained")])
        + (merging == nil ? [] : [.number("maps")]) + [.text("", shrinks: true)])
    func add(_ row: MapArea, _ head: [Table.Cell], _ name: String) {
      var cells = head.prefix(heads.count) + columns.map { amount($0.amount(row)) }
      if map.seconds != nil {
        cells.append(Table.Cell(row.gained.map { $0 == 0 ? "" : Amount.signed($0) } ?? "?"))
      }
      if merging != nil { cells.append(Table.Cell(Amount.count(Int64(row.count)))) }
      table.add(cells + [Table.Cell(name)])
    }
    for row in rows.prefix(limit) {
      let head: [Table.Cell] = [
        Table.Cell(MapFormat.address(row.start)), Table.Cell(row.permissions),
        Table.Cell(row.kind.rawValue, .faint),
      ]
      add(row, head, name(row))
    }
    if let total = map.total {
      let count = ProcessFormat.count(total.count, "mapping", "mappings")
      add(total, ["total", "", ""], merging == nil ? count : "total")
    }
    return table
  }

  private func amount(_ bytes: Int64) -> Table.Cell {
    Table.Cell(bytes == 0 ? "0" : Amount.short(bytes))
  }

  private func name(_ row: MapArea) -> String {
    switch merging {
    case nil: MapFormat.name(row)
    case .file: MapFormat.place(row.place)
    case .kind: row.kind.rawValue
    }
  }

  /// Writes which mapping grows, after two samples.
  private mutating func verdict() {
    guard let seconds = map.seconds else { return }
    page.blank()
    let growers = map.areas.filter { ($0.gained ?? 0) > 0 }
      .sorted { ($0.gained ?? 0) > ($1.gained ?? 0) }
    guard let first = growers.first, let gained = first.gained else {
      return page.sentence(
        "No mapping has grown in \(Amount.duration(seconds)).", .good, indent: 0)
    }
    let others = growers.count > 1 ? "; \(growers.count - 1) others grew too" : ""
    page.sentence(
      "grows: \(MapFormat.name(first)) at \(MapFormat.address(first.start)), \(Amount.signed(gained)) in "
        + "\(Amount.duration(seconds))\(others). Growth alone is no leak: look longer.", .warning,
      indent: 0)
  }
}
