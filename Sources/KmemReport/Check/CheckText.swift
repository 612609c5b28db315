package import KmemAnalysis

/// What a command left behind in the kernel, as text: lost objects, growth, what these rest on, the
/// verdict.
package struct CheckText: TextReport {
  private let report: CheckReport
  private let isVerbose: Bool
  private var leaks: LeaksText?
  private var programs: ProgramLeaksText?
  /// The page that the answer is written to.
  package var page: TextPage

  /// Prepares the text; `offersSuppressions` adds rules for the lost objects, to be copied.
  package init(
    _ report: CheckReport, style: Style, isVerbose: Bool, offersSuppressions: Bool = false
  ) {
    self.report = report
    self.isVerbose = isVerbose
    leaks = report.leaks.map {
      LeaksText(
        $0, style: style, isVerbose: isVerbose, offersSuppressions: offersSuppressions)
    }
    programs = report.programs.map {
      ProgramLeaksText(
        $0.report, style: style, isVerbose: isVerbose, offersSuppressions: offersSuppressions)
    }
    page = TextPage(style)
  }

  /// Writes lost objects, growth, what they rest on, and the verdict as the last line.
  package mutating func write() {
    page.moment(report.growth.after)
    page.sentence(CheckSentences(report).command, indent: 0)
    onLeaks { $0.writeGroups() }
    writeLosses()
    writeSeries()
    onLeaks { $0.writeGrounds() }
    writeGrounds()
    writePrograms()
    page.verdict("Verdict: \(CheckSentences(report).wholeVerdict)", tone)
    onLeaks { $0.writeOffers() }
    onPrograms { $0.writeOffers() }
  }

  /// Writes what a tool says of the command's own leaks, and what the kernel's half comes to.
  private mutating func writePrograms() {
    guard let check = report.programs else { return }
    let words = ProgramCheckWords(check, command: report.command)
    onPrograms { $0.writePart(of: check.tool, words.remarks) }
    page.heading("Kernel")
    page.sentence(CheckSentences(report).verdict)
  }

  /// Writes a part of the report on programs to this page.
  private mutating func onPrograms(_ write: (inout ProgramLeaksText) -> Void) {
    guard var programs else { return }
    programs.page = page
    write(&programs)
    page = programs.page
  }

  /// Writes a part of the kmemleak report to this page.
  private mutating func onLeaks(_ write: (inout LeaksText) -> Void) {
    guard var leaks else { return }
    leaks.page = page
    write(&leaks)
    page = leaks.page
  }

  private var tone: Style.Tone {
    let programs = report.programs?.judgement.tone ?? .good
    switch report.judgement {
    case .confirmed, .suspected: return .bad
    case .grew, .undecided: return programs == .bad ? .bad : .warning
    case .nothingFound, .left: return programs
    }
  }

  /// Writes how many objects each iteration lost, where there were several iterations.
  private mutating func writeLosses() {
    guard let leaks = report.leaks, report.iterations.count > 1, leaks.newObjects > 0 else {
      return
    }
    page.heading("Lost per iteration", note: "by the time of allocation")
    var table = Table([.number("objects"), .number("bytes"), .prose(""), .text("", shrinks: true)])
    for group in leaks.groups.prefix(isVerbose ? .max : 10) {
      let words = LossFormat(group, iterations: report.iterations.count)
      table.add(
        Table.Cell(words.objects), Table.Cell(words.bytes), Table.Cell(words.spread, .faint),
        Table.Cell(LeakFormat(group, in: leaks).culprit))
    }
    page.add(table)
    for sentence in CheckSentences(report).losses { page.sentence(sentence) }
  }

  private mutating func writeSeries() {
    let isSlope = report.iterations.count >= CheckReport.decisive
    let grown = report.shown(isSlope: isSlope)
    let shown = grown.prefix(isVerbose ? .max : report.judgement == .nothingFound ? 3 : 8)
    guard !shown.isEmpty else { return }
    switch report.judgement {
    case .nothingFound: page.heading("What varied", note: "none of it goes on")
    case .left: page.heading("What the command leaves", note: "for user space, or in cache")
    case .confirmed, .suspected, .grew, .undecided:
      page.heading("What grew", note: "that isn't cache, nor held for user space")
    }
    var table = Table([
      .number("per iteration"), .number("in all"), .text(""), .text("", shrinks: true),
      .prose(""),
    ])
    for series in shown {
      let rate =
        isSlope ? series.trend.perIteration.map { series.signed(Int64($0.rounded())) } : nil
      table.add(
        Table.Cell(rate ?? ""), Table.Cell(series.signed(series.growth)),
        Table.Cell(series.id.kind.rawValue, .faint), Table.Cell(series.id.name),
        Table.Cell(isSlope ? Self.word(series) : "", series.isLeak ? .bad : .faint))
    }
    page.add(table)
    if grown.count > shown.count {
      page.sentence("+ \(grown.count - shown.count) more (-v shows all)", .faint)
    }
    if let worst = report.culprit {
      page.sentence("\(worst.id.name): \(IterationWords(worst.trend).sentence)")
    }
  }

  private static func word(_ series: CheckSeries) -> String {
    guard series.trend.word == .leaks, !series.isLeak else { return series.trend.word.rawValue }
    if let explanation = series.explanation { return explanation.words }
    if series.isLeft { return series.side.conclusion?.rawValue ?? "" }
    return "may be free objects on processors' slabs (--shrink)"
  }

  private mutating func writeGrounds() {
    if report.leaks == nil { page.heading("What it rests on") }
    for sentence in CheckSentences(report).grounds { page.sentence(sentence) }
    for doubt in CheckSentences(report).doubts { page.sentence(doubt, .warning) }
  }
}

extension CheckReport {
  /// The rows worth showing: what leaks or may, what is left, and the rest that rose without it.
  fileprivate func shown(isSlope: Bool) -> [CheckSeries] {
    if judgement == .left {
      let byProducts = series.filter { $0.rises && $0.explanation != nil }
      return left + (isSlope ? byProducts : [])
    }
    // What programs stored in memory is shown too: few runs can't tell whose it is.
    return series.filter {
      $0.isLeak || ($0.side.isSuspect || $0.id == .memoryClass(.shmem)) && $0.growth > $0.slack
    }
  }
}

extension CheckSeries {
  /// An amount of the series with its sign, in bytes or things.
  fileprivate func signed(_ amount: Int64) -> String {
    id.unit == .bytes ? Amount.signed(amount) : Amount.signedCount(amount)
  }
}

extension CheckExplanation {
  /// What the growth goes with, in a few words.
  var words: String {
    switch self {
    case .counts(let things): "held for \(Self.list(things))"
    case .perhaps(let things): "may be held for \(Self.list(things))"
    case .cache: "goes with cached files"
    case .userMemory: "goes with memory of programs"
    case .others: "grows without the command too"
    }
  }

  static func list(_ things: [KernelCount]) -> String {
    things.map(\.title).joined(separator: " and ")
  }
}
