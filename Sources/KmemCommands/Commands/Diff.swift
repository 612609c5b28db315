import ArgumentParser
import KmemAnalysis
import KmemControl
import KmemReport
import KmemSnapshot
import KmemSources

/// `kmemcheck diff`: what grew between two moments.
struct Diff: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract:
      "Compare two moments: how much memory went, to which class and cache, and whose it is.",
    discussion: """
      kmemcheck diff                         the last snapshot against now
      kmemcheck diff before after            two labels
      kmemcheck diff "2h ago" now -v         everything that changed
      kmemcheck diff a.tar.zst b.tar.zst --fail-on 8MiB
      kmemcheck diff hourly.log              the first and the last moment of a text
      kmemcheck diff dmesg.txt               its first and its last report
      kmemcheck diff hourly.log@2 hourly.log@7

      Two snapshots show growth, never a leak. Snapshots of two boots are compared
      by level, those of two machines are only set side by side.
      Exit status: 0 done, 1 as much grew as --fail-on says, 2 it may have.
      """)

  @Argument(
    help: "The earlier snapshot: a path, '-', '@last', '@2', a label, or '2h ago'.",
    completion: .snapshot)
  var from = "@last"

  @Argument(
    help: "The later one, by default 'now', the live machine, or the last moment of a text.",
    completion: .snapshot)
  var to: String?

  @Option(
    name: .long, help: "Read this tree or archive instead of the live machine.", completion: .file()
  )
  var root: String?

  @Option(
    name: .long,
    help: "End with status 1 if unexplained kernel memory grew by at least this (8MiB).")
  var failOn: ByteSize?

  @Option(
    name: .long, help: "Only growth summed by this: cache, module, function, line or directory.")
  var by: DiffText.Grouping?

  @Option(
    name: .long,
    help: "Print stacks, bytes before and after: alloc_traces, page_owner, allocinfo.")
  var folded: FoldedStacks.Source?

  @OptionGroup var briefOptions: BriefOptions
  @OptionGroup var options: CommonOptions

  func validate() throws {
    if briefOptions.nagios, failOn == nil {
      throw ValidationError("--nagios takes --fail-on SIZE with it: growth alone is no fault.")
    }
  }

  func run() throws {
    SteadyHeap.giveBackLargeBlocks()
    let input = SnapshotInput(root: root, options: options)
    var (before, last) = try earlier(input)
    // Processes of one moment are let go before those of the other are read.
    let first =
      before.processes.isEmpty
      ? nil : Result { () throws(Failure) in try Self.model(of: &before, input) }
    var after = try last ?? later(than: before, input)
    if let folded {
      let stacks = try input.stacks(folded, of: after)
      return try Output.answer(
        FoldedText(stacks, since: try input.stacks(folded, of: before)).text)
    }
    let report = DiffReport(
      from: try first?.get() ?? Self.model(of: &before, input),
      to: try Self.model(of: &after, input), leaks: after.newLeakGroups(since: before))
    let status = report.growth.verdict.exitStatus(failingFrom: failOn?.bytes)
    let answer = Answer(status, json: DiffJSON.document(report)) { style in
      DiffText(report, style: style, isVerbose: options.verbose, by: by).text
    }
    try Output.answer(answer, options, brief: briefOptions)
  }

  /// What is computed of a capture, which keeps nothing of its processes: what was parsed of 50,000 takes
  /// 85 MB, and all of it is in the snapshot.
  private static func model(of capture: inout Capture, _ input: SnapshotInput) throws(Failure)
    -> MemoryModel
  {
    let snapshot = try input.snapshot(of: capture)
    capture.processes = ParsedProcesses()
    return MemoryModel(snapshot.ofReport)
  }

  /// The earlier capture; with it the later one of the same text, where that holds several moments and no
  /// other was named.
  private func earlier(_ input: SnapshotInput) throws(Failure) -> (before: Capture, last: Capture?)
  {
    guard to == nil else { return (try input.capture(from), nil) }
    let ends = try input.ends(from)
    guard let first = ends.first else { return (try input.capture(from), nil) }
    if ends.count == 1 { try refuse(strange: first, input) }
    return (first, ends.count == 2 ? ends.last : nil)
  }

  /// A text is compared with this machine unasked only if it says that it is of this one: most are
  /// somebody else's.
  private func refuse(strange capture: Capture, _ input: SnapshotInput) throws(Failure) {
    guard capture.kind == .file, root == nil else { return }
    let host = try input.snapshot(of: capture).host
    let here = try? LiveKernel(catalog: .besideProcesses).capture()
    let isHere = here.map { host.sameMachine(as: Snapshot($0).host) == .same } ?? false
    guard !isHere else { return }
    throw Failure(status: .badData, InputRefusal.oneMoment(origin: capture.origin))
  }

  /// Processes of the later moment are read only if the earlier one has some to compare them with.
  private func later(than before: Capture, _ input: SnapshotInput) throws(Failure) -> Capture {
    try input.capture(
      to ?? "now", readsCostly: folded?.isCostly ?? false,
      processes: before.sources[ProcessFacts.path] == nil ? nil : ProcessBudget())
  }
}
