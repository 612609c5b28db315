import KmemAnalysis

/// The owners of growth: a line for each, and with `-v` its evidence below it.
struct OwnerTable {
  private(set) var table = Table([.number(""), .text("", shrinks: true), .number(""), .wrapped("")])
  private let isVerbose: Bool

  init(_ attributions: some Sequence<Attribution>, isVerbose: Bool) {
    self.isVerbose = isVerbose
    for attribution in attributions { add(attribution) }
  }

  private mutating func add(_ attribution: Attribution) {
    let shown = shown(attribution)
    var isFirst = true
    func head() -> [Table.Cell] {
      isFirst
        ? [
          Table.Cell(Amount.signed(attribution.growth)),
          Table.Cell(OwnerFormat.subject(attribution.subject)),
        ] : ["", ""]
    }
    for candidate in shown {
      let amount = candidate.growth.map { Table.Cell(Amount.signed($0)) } ?? ""
      let tone: Style.Tone = candidate.confidence == .exact ? .none : .warning
      table.add(head() + [amount, Table.Cell(OwnerFormat.line(candidate), tone)])
      isFirst = false
      if isVerbose { addChain(candidate) }
    }
    if shown.isEmpty {
      table.add(head() + ["", Table.Cell("nobody is named by what this kernel tells", .warning)])
    }
    let hidden = attribution.candidates.count - shown.count
    let named = shown.sum { Swift.max(0, $0.growth ?? 0) }
    if hidden > 0, named < attribution.growth / 10 * 9 {
      table.add("", "", "", Table.Cell("+ \(hidden) more (-v shows them)", .faint))
    }
  }

  /// The first owner, and those that gained a twentieth of its growth or are as likely.
  private func shown(_ attribution: Attribution) -> [Candidate] {
    guard !isVerbose, let first = attribution.best else {
      return Array(attribution.candidates.prefix(12))
    }
    let rest = attribution.candidates.dropFirst().filter { candidate in
      candidate.confidence == first.confidence
        && (attribution.share(of: candidate).map { $0 >= 0.05 } ?? (candidate.growth == nil))
    }
    return [first] + rest.prefix(3)
  }

  private mutating func addChain(_ candidate: Candidate) {
    for evidence in candidate.evidence {
      table.add(
        "", "", "", Table.Cell("· \(evidence.kind.rawValue): \(evidence.words)", .faint))
      for line in evidence.stack { table.add("", "", "", Table.Cell("    \(line)", .faint)) }
    }
  }
}
