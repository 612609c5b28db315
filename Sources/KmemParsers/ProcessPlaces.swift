/// Where a table of processes has the rows of which process.
package struct ProcessPlaces {
  /// A row's place in the text.
  package struct Row {
    /// Its bytes, with its line's end.
    package let range: Range<Int>
    /// How many lines stand above it.
    package let linesAbove: Int
    /// The process.
    package let pid: Int
  }

  /// The titles of the columns, with their line's end.
  package let titles: Range<Int>
  /// The rows in their order.
  package let rows: [Row]

  /// Nothing where rows can't be told by their process: the table has no column of ids, rows are of
  /// threads, or a second table follows.
  package init?(of text: Span<UInt8>) {
    var table = ProcessRows()
    var titles = 0..<0
    var rows: [Row] = []
    var (start, number) = (0, 0)
    while start < text.count {
      let newline = text.offset(ofByte: Ascii.newline, from: start)
      let end = min(newline + 1, text.count)
      let (known, tables) = (table.rows.count, table.tables)
      if table.read(text.extracting(start..<newline).trimmed()) {
        if table.tables > tables { titles = start..<end }
        if table.rows.count > known {
          guard let pid = table.rows.last?.pid else { return nil }
          rows.append(Row(range: start..<end, linesAbove: number, pid: pid))
        }
      }
      (start, number) = (end, number + 1)
    }
    guard table.tables == 1, !table.areThreads else { return nil }
    self.titles = titles
    self.rows = rows
  }
}
