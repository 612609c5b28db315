import ArgumentParser
import KmemAnalysis
import KmemParsers
import KmemReport
import KmemSnapshot
import KmemSources

/// `kmemcheck show`: the health of one moment.
struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show the health of one moment: who holds memory, and what is wrong first.",
    discussion: """
      kmemcheck show                         this machine, now
      kmemcheck show @last                   the last snapshot taken
      kmemcheck show sosreport-db1.tar.xz    another machine's files
      kmemcheck show hourly.log@2            the second moment in a text
      kmemcheck show dmesg.txt               who held memory when it ran out
      kmemcheck show leak.trace              what a kept trace saw
      kmemcheck show --folded allocinfo | flamegraph.pl --countname bytes > a.svg

      One moment can't show a leak: compare two with kmemcheck diff.
      What is known and accepted on a machine is counted and not judged: --accept, or
      lines "ID[=VALUE]  # why" in /etc/kmemcheck/accept and ~/.config/kmemcheck/accept.
      Exit status: 0 done, 1 findings as bad as --fail-on says, 2 nobody can
      tell, as too little is known.
      --nagios implies --fail-on warning, since a check must be able to fail.
      """)

  @Argument(
    help: "A path, '-', 'now', '@last', '@2', 'LOG@2', a label, or '2h ago'.",
    completion: .snapshot)
  var snapshot = "now"

  @Option(
    name: .long, help: "Read this tree or archive instead of the live machine.", completion: .file()
  )
  var root: String?

  @Option(
    name: .long, help: "End with status 1 at findings of this severity: note, warning, critical.")
  var failOn: Finding.Severity?

  @Option(
    name: .long,
    help: "Print stacks and bytes for flame graphs: alloc_traces, page_owner, allocinfo.")
  var folded: FoldedStacks.Source?

  @OptionGroup var acceptOptions: AcceptOptions
  @OptionGroup var briefOptions: BriefOptions
  @OptionGroup var options: CommonOptions

  /// A check that never fails would be no check.
  private var least: Finding.Severity? { failOn ?? (briefOptions.nagios ? .warning : nil) }

  func run() throws {
    let input = SnapshotInput(root: root, options: options)
    if let folded {
      return try Output.answer(FoldedText(try input.stacks(folded, in: snapshot)).text)
    }
    if let trace = try TraceInput.recognized(snapshot) {
      let report = TraceLines.resolve(TraceReport(trace))
      return try Output.answer(Trace.answer(report, options), options)
    }
    let capture = try input.capture(snapshot)
    if let group = capture.group { return try show(group, of: capture.origin) }
    let snapshot = try input.snapshot(of: capture)
    if snapshot.kind == .live, LiveFacts.container.isThere {
      let gap = WatchFacts.Gap.container(isRootless: LiveFacts.container.isRootless)
      options.remark("kmemcheck: \(gap.sentence)")
    }
    let reports = snapshot.reportsAlone
    if !reports.isEmpty { return try show(reports, of: snapshot.origin) }
    let acceptances = try acceptOptions.acceptances()
    let health = Health(MemoryModel(snapshot), accepting: acceptances)
    let status = health.exitStatus(failingOn: least)
    let answer = Answer(status, json: ShowJSON.document(health)) { style in
      ShowText(health, style: style, isVerbose: options.verbose).text
    }
    try Output.answer(answer, options, brief: briefOptions)
  }

  /// Answers with what one control group's memory is used for, where the text tells of no more.
  private func show(_ group: GroupMemory, of origin: String) throws {
    let status = group.exitStatus(failingOn: least)
    let answer = Answer(status, json: GroupText.document(group, origin: origin)) { style in
      GroupText(group, origin: origin, style: style).text
    }
    try Output.answer(answer, options, brief: briefOptions)
  }

  /// Answers with what the reports in a kernel log say, where there is nothing else.
  private func show(_ reports: [MemoryReport], of origin: String) throws {
    let shortages = reports.map { Shortage($0, origin: origin) }
    let status = shortages.exitStatus(failingOn: least)
    let answer = Answer(status, json: ShortageJSON.document(shortages, origin: origin)) { style in
      ShortageText(shortages, origin: origin, style: style, isVerbose: options.verbose).text
    }
    try Output.answer(answer, options, brief: briefOptions)
  }
}
