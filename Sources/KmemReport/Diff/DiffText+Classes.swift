import KmemAnalysis

extension DiffText {
  /// Writes the classes by growth, the worst first; small growth is folded, unknown growth stays.
  mutating func writeClasses() {
    let classes = growth.classes.filter { $0.memoryClass.side != .free }
    let threshold: Int64 = isVerbose ? 0 : 64 << 10
    let shown = classes.filter { change in
      guard let growth = change.bytes.growth else { return true }
      return growth.magnitude >= threshold || change.memoryClass == .unaccounted
    }
    guard !classes.isEmpty else { return }
    page.heading(isGrowth ? "Where it went" : "Difference", note: "classes of memory")
    let title = isGrowth ? "Growth by class" : "Difference by class"
    page.figure(
      BarFigure.growth(
        title,
        shown.map { ($0.memoryClass.title, $0.bytes.growth ?? 0, $0.memoryClass.side) }))
    var table = Table([.number(""), .text(""), .text(""), .number(""), .prose("")])
    for change in shown.sorted(by: Self.worseFirst) { table.add(row(change)) }
    page.add(table)
    foldClasses(classes.count - shown.count, threshold)
  }

  private static func worseFirst(_ first: ClassChange, _ second: ClassChange) -> Bool {
    (first.bytes.growth ?? .min) > (second.bytes.growth ?? .min)
  }

  private func row(_ change: ClassChange) -> [Table.Cell] {
    [
      Self.grown(change.bytes, rounding: change.rounding), Table.Cell(change.memoryClass.title),
      Table.Cell(change.memoryClass.side.title(width: page.style.width), .faint),
      change.bytes.after.map { Table.Cell("now \(Amount.short($0))", .faint) } ?? "",
      Table.Cell(change.missingWords ?? "", .warning),
    ]
  }

  /// Writes one line for all classes whose growth is too small for a line each.
  mutating func foldClasses(_ count: Int, _ threshold: Int64) {
    guard count > 0 else { return }
    let things = count == 1 ? "class" : "classes"
    page.sentence("+ \(count) \(things) under \(Amount.short(threshold)) (-v shows them)", .faint)
  }

  /// Writes the lines of meminfo that changed, where the file is a part of one and has few classes.
  mutating func writeLines() {
    guard growth.total == BeforeAfter(nil, nil), !growth.lines.isEmpty else { return }
    page.heading("Lines of meminfo", note: "that changed; MemTotal is on neither side")
    var table = Table([.number(""), .text("")])
    for line in growth.lines {
      table.add(Table.Cell(LineWords.growth(line)), Table.Cell(line.name))
    }
    page.add(table)
  }

  mutating func writeMeetings() {
    guard !growth.crossChecks.isEmpty else { return }
    page.heading("What is not explained", note: "growths that should meet")
    page.add(MeetingTable(growth.crossChecks).table)
    if let unaccounted = growth[.unaccounted] {
      page.sentence("\(Amount.signed(unaccounted)) in no class (unaccounted)")
    }
  }

  mutating func writeSources() {
    page.heading("Sources")
    page.coverage(growth.after, isVerbose: isVerbose)
    page.remarks(growth.remarks, isVerbose: isVerbose)
  }
}
