import KmemAnalysis

/// The classes of memory by whose they are.
struct BooksTable {
  let table: Table

  init(_ books: Books, isVerbose: Bool, width: Int?) {
    var table = Table([.text(""), .number(""), .number(""), .text(""), .prose("")])
    for side in MemorySide.allCases {
      let lines = books.lines.filter { $0.memoryClass.side == side }
      let shown = lines.filter { isVerbose || Self.matters($0, books) }
      guard !shown.isEmpty else { continue }
      for line in shown {
        table.add(Self.row(line, of: books, isVerbose: isVerbose, width: width))
      }
    }
    self.table = table
  }

  /// The classes of which something is known, where nothing tells of how much memory they are parts.
  init(_ lines: [Books.Line], width: Int?) {
    var table = Table([.text(""), .number(""), .text("")])
    for line in lines.sorted(by: { $0.bytes ?? 0 > $1.bytes ?? 0 }) {
      table.add([
        Table.Cell(line.memoryClass.title), Table.Cell(Amount.short(line.bytes ?? 0)),
        Table.Cell(line.memoryClass.side.title(width: width)),
      ])
    }
    self.table = table
  }

  /// Whether the class has a row: an amount of zero has none, an unknown amount has one, unless only
  /// sums are known and all the rest is unknown.
  private static func matters(_ line: Books.Line, _ books: Books) -> Bool {
    guard let bytes = line.bytes else { return !books.isOfSums }
    return bytes.magnitude >= 64 << 10 || line.memoryClass == .unaccounted
  }

  private static func row(_ line: Books.Line, of books: Books, isVerbose: Bool, width: Int?)
    -> [Table.Cell]
  {
    let isRest = books.isOfSums && line.memoryClass == .unaccounted
    let title = Table.Cell(isRest ? "all else" : line.memoryClass.title + bound(line, books))
    let side = Table.Cell(isRest ? "not told apart" : line.memoryClass.side.title(width: width))
    guard let bytes = line.bytes else {
      return [
        title, Table.Cell("unknown", .warning), "", side,
        Table.Cell(line.missing?.words ?? "", .faint),
      ]
    }
    let share = Double(bytes) / Double(books.total)
    return [
      title, Table.Cell(Amount.short(bytes)), Table.Cell(Amount.percent(share)),
      side, Table.Cell(isVerbose ? line.origin.words : bar(share), .faint),
    ]
  }

  /// Whether the truth may be less, or more: what a class has too much is missing among the rest.
  private static func bound(_ line: Books.Line, _ books: Books) -> String {
    if line.isUpperBound { return ", at most" }
    return line.memoryClass == .unaccounted && books.excess > 0 ? ", at least" : ""
  }

  /// A share as a bar: twenty columns are all of memory, and any amount above zero gets one.
  private static func bar(_ share: Double) -> String {
    guard share > 0.002 else { return "" }
    return String(repeating: "█", count: max(1, min(20, Int((share * 20).rounded()))))
  }
}
