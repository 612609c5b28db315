import KmemAnalysis

extension DiffText {
  /// Writes the processes of a tool's list that gained most.
  mutating func writeListed() {
    let grown = report.listed.filter { $0.gained >= (isVerbose ? 1 : ListedGrowth.leastTold) }
    guard !grown.isEmpty else { return }
    page.heading(
      "Processes listed", note: "growth of resident memory; what is shared counts in each")
    var table = Table([.number(""), .text("", shrinks: true), .number("")])
    for process in grown.prefix(isVerbose ? 100 : 5) {
      table.add(
        Table.Cell(Amount.signed(process.gained)), Table.Cell(process.words),
        Table.Cell("now " + Amount.short(process.after), .faint))
    }
    page.add(table)
  }
}

extension ListedGrowth {
  /// `postgres (pid 27765)`.
  fileprivate var words: String { "\(TerminalText.safe(name)) (pid \(pid))" }
}

extension DiffReport {
  /// Which process of a list gained most; nil where none gained enough.
  var listedSentence: String? {
    guard let first = listed.first, first.gained >= ListedGrowth.leastTold else { return nil }
    return "Of the processes listed, \(first.words) gained most: \(Amount.short(first.gained)) of "
      + "resident memory, of which others may share parts."
  }
}
