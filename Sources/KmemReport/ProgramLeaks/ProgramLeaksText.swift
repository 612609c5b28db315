package import KmemAnalysis
import KmemParsers

/// A report on programs' leaks as text: the groups, what else the text holds, and the verdict last.
package struct ProgramLeaksText: TextReport {
  private let report: ProgramLeakReport
  private let isVerbose: Bool
  private let offersSuppressions: Bool
  /// The page that the answer is written to.
  package var page: TextPage

  /// Prepares the text; `offersSuppressions` adds rules for the groups, to be copied.
  package init(
    _ report: ProgramLeakReport, style: Style, isVerbose: Bool, offersSuppressions: Bool = false
  ) {
    self.report = report
    self.isVerbose = isVerbose
    self.offersSuppressions = offersSuppressions
    page = TextPage(style)
  }

  /// Writes the groups, the comparison with a baseline, and the verdict.
  package mutating func write() {
    writeProcesses()
    writeGroups(report.groups)
    writeComparison()
    page.add(report.suppressions, of: "blocks", isVerbose: isVerbose)
    let verdict = ProgramLeaksVerdict(report)
    if !verdict.remarks.isEmpty {
      page.heading("The text")
      for remark in verdict.remarks { page.sentence(remark, .warning) }
    }
    page.verdict(verdict.sentence, report.judgement.tone)
    writeOffers()
  }

  /// Writes the groups as a part of a larger answer, with what is worth saying beside them.
  mutating func writePart(of tool: ProgramLeakTool, _ more: [String]) {
    page.heading(
      "User space", note: report.processes.isEmpty ? tool.name : Self.tools(report))
    writeGroups(report.leaks)
    page.add(report.suppressions, of: "blocks", isVerbose: isVerbose)
    let remarks = ProgramLeaksVerdict(report).remarks + more
    if !report.leaks.isEmpty, !remarks.isEmpty { page.blank() }
    for remark in remarks { page.sentence(remark, .warning) }
  }

  private mutating func writeProcesses() {
    page.sentence("\(report.name): \(Self.tools(report))", indent: 0)
    let named = report.processes.filter { $0.command != nil }
    for process in named.prefix(isVerbose ? .max : 5) {
      let number = process.process.map { "process \($0): " } ?? ""
      page.sentence("\(number)\(process.command ?? "")", .faint)
    }
    let rest = named.count - 5
    if rest > 0, !isVerbose { page.sentence("+ \(rest) processes more (-v shows all)", .faint) }
  }

  private static func tools(_ report: ProgramLeakReport) -> String {
    var tools: [ProgramLeakTool] = []
    for process in report.processes where !tools.contains(process.tool) {
      tools.append(process.tool)
    }
    guard !tools.isEmpty else { return "what a tool says of a program's memory" }
    let names = tools.map(\.name).joined(separator: " and ")
    let count = report.processes.count
    return "\(names), \(count == 1 ? "one process" : "\(Amount.count(Int64(count))) processes")"
  }

  private mutating func writeGroups(_ groups: [ProgramLeakGroup]) {
    let shown = groups.prefix(isVerbose ? .max : 20)
    page.figure(FoldedStacks(report).figure("Lost bytes by stack, the outermost function above"))
    for (index, group) in shown.enumerated() {
      page.blank()
      write(group, number: index + 1)
    }
    let rest = groups.dropFirst(shown.count)
    guard !rest.isEmpty else { return }
    page.blank()
    page.sentence(
      "+ \(rest.count) groups more with \(Amount.short(rest.sum(\.amount.bytes))) (-v shows all)",
      .faint)
  }

  private mutating func write(_ group: ProgramLeakGroup, number: Int) {
    let words = ProgramLeakFormat(group)
    page.sentence("\(number). \(words.amount): \(words.culprit)", .heading, indent: 0, hanging: 3)
    if !words.facts.isEmpty { page.sentence(words.facts.joined(separator: " · "), indent: 3) }
    if let remedy = words.remedy { page.sentence(remedy, .faint, indent: 3) }
    guard isVerbose else {
      if let path = words.path(page.style.width) { page.sentence(path, .faint, indent: 3) }
      return
    }
    for frame in group.frames { page.sentence(ProgramLeakFormat.frameLine(frame), indent: 5) }
    page.sentence("fingerprint: \(group.fingerprint)", .faint, indent: 3)
  }

  private mutating func writeComparison() {
    guard let comparison = report.comparison else { return }
    page.heading(
      "Against the baseline", note: "stacks are compared, since addresses differ in each run")
    page.add(comparison, isVerbose: isVerbose)
  }

  /// Writes suppressions to copy, in the syntax of the tool that made the report.
  mutating func writeOffers() {
    guard offersSuppressions else { return }
    page.blank()
    var known: Set<String> = []
    for group in report.leaks {
      let lines =
        group.suppression
        ?? "# no suppression of \(ProgramLeakFormat(group).amount): no frame tells it from others\n"
      guard known.insert(lines).inserted else { continue }
      for line in lines.split(separator: "\n") { page.line(String(line)) }
    }
  }
}

extension ProgramLeakJudgement {
  /// How the verdict looks.
  var tone: Style.Tone {
    switch self {
    case .leaks: .bad
    case .undecided: .warning
    case .nothingNew: .none
    case .none: .good
    }
  }
}
