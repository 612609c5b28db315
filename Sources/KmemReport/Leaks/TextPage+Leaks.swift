import KmemAnalysis

/// What the answers on leaks of the kernel and of programs have in common.
extension TextPage {
  /// Adds what became of each fingerprint since the baseline; the first ten unless all are wanted.
  mutating func add(_ comparison: LeakComparison, isVerbose: Bool) {
    var table = Table([.number("new"), .number("still"), .number("gone"), .text("", shrinks: true)])
    for line in comparison.lines.prefix(isVerbose ? .max : 10) {
      table.add(
        Table.Cell(Amount.count(line.new), line.new > 0 ? .bad : .none),
        Table.Cell(Amount.count(line.still)), Table.Cell(Amount.count(line.gone)),
        Table.Cell(line.fingerprint))
    }
    add(table)
    let rest = comparison.lines.count - 10
    if rest > 0, !isVerbose { sentence("+ \(rest) fingerprints more (-v shows all)", .faint) }
  }

  /// Adds what each rule left out, counted in these things, and the rules that left nothing out.
  mutating func add(_ suppressions: [Suppression], of things: String, isVerbose: Bool) {
    guard !suppressions.isEmpty else { return }
    heading("Suppressions")
    var table = Table([.number(things), .number(""), .prose("reason"), .text("")])
    for rule in suppressions where rule.objects > 0 || isVerbose {
      table.add(
        Table.Cell(Amount.count(rule.objects)), Table.Cell(Amount.short(rule.bytes)),
        Table.Cell(rule.reason), Table.Cell(rule.place, .faint))
    }
    add(table)
    let unused = suppressions.filter { $0.objects == 0 }.map(\.place)
    if !unused.isEmpty { sentence("unused: \(unused.joined(separator: ", "))", .warning) }
  }
}
