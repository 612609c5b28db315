package import KmemAnalysis
import KmemParsers

/// A trace as text: who rises, what else was kept and why that's no finding, and the verdict last.
package struct TraceText: TextReport {
  private let report: TraceReport
  private let isVerbose: Bool
  /// The page that the answer is written to.
  package var page: TextPage

  /// Prepares the text.
  package init(_ report: TraceReport, style: Style, isVerbose: Bool) {
    self.report = report
    self.isVerbose = isVerbose
    page = TextPage(style)
  }

  /// Writes what was traced, the groups, and the verdict.
  package mutating func write() {
    page.sentence(TraceScope(report).sentence, indent: 0)
    page.figure(
      BarFigure.ranked(
        "Memory that was kept, by who rises",
        report.rising.prefix(12).map {
          let words = TraceFormat($0, in: report)
          return (words.shortCulprit, words.bytes)
        }))
    page.figure(FoldedStacks(report).figure("All that was kept, by stack"))
    for (index, group) in report.rising.enumerated() { write(group, number: index + 1) }
    writeOthers()
    writeUnexplained()
    writeGrounds()
    page.verdict(TraceVerdict(report).sentence, tone)
    if let next = TraceVerdict(report).next { page.sentence(next, indent: 0) }
  }

  private var tone: Style.Tone {
    switch report.conclusion {
    case .rising: .bad
    case .undecided, .lossy: .warning
    case .nobody: .good
    }
  }

  private mutating func write(_ group: TraceGroup, number: Int) {
    let words = TraceFormat(group, in: report)
    page.blank()
    page.sentence("\(number). \(words.amount): \(words.place)", .heading, indent: 0, hanging: 3)
    page.sentence(words.subject + (words.rate.map { ": \($0)" } ?? ""), indent: 3)
    page.sentence(words.balance, indent: 3)
    page.sentence(words.books, indent: 3)
    if isVerbose {
      for frame in group.frames {
        page.sentence(frame.name + (frame.lineText.map { " \($0)" } ?? ""), .faint, indent: 5)
      }
    } else {
      page.sentence(words.path(page.style.width), .faint, indent: 3)
    }
  }

  private mutating func writeOthers() {
    let others = report.groups.filter { $0.judgement != .rising && $0.judgement != .tooFew }
    let shown = others.prefix(isVerbose ? .max : 8)
    guard !shown.isEmpty else { return }
    page.heading("Kept too, and not accused")
    var table = Table([
      .number("objects"), .number(""), .text("function", shrinks: true), .text("of", shrinks: true),
      .wrapped("why not"),
    ])
    for group in shown {
      let words = TraceFormat(group, in: report)
      table.add(
        Table.Cell(Amount.count(words.objects)), Table.Cell(Amount.short(words.bytes)),
        Table.Cell(words.shortCulprit),
        // A narrow table would cut the name itself for the sake of those that share it.
        Table.Cell(isVerbose ? words.subject : group.subject.words),
        Table.Cell(group.judgement.words, group.judgement.isDoubt ? .warning : .faint))
    }
    page.add(table)
    let rest = others.count - shown.count
    if rest > 0 { page.sentence("+ \(rest) more (-v shows all)", .faint) }
  }

  private mutating func writeUnexplained() {
    guard !report.unexplained.isEmpty else { return }
    page.heading("Growth without a culprit")
    for growth in report.unexplained.prefix(isVerbose ? .max : 5) {
      page.sentence(
        "\(growth.subject.bookWords) gained \(Amount.short(growth.growth)), of which traced "
          + "allocations hold \(Amount.short(growth.traced))")
    }
  }

  private mutating func writeGrounds() {
    page.heading("What it rests on")
    for sentence in TraceScope(report).grounds { page.sentence(sentence) }
    if let doubt = SymbolFile.doubt(report.symbolFiles) { page.sentence("\(doubt).") }
  }
}
