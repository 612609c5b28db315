import ArgumentParser
import KmemAnalysis
import KmemParsers
import KmemReport
import KmemSources

/// `kmemcheck trace`: which function holds ever more memory of the kernel, caught in the act.
struct Trace: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace",
    abstract: "Name the function that keeps what it allocates, on the kernel that runs.",
    discussion: """
      kmemcheck trace                        what grows, or everything
      kmemcheck trace kmalloc-2k             one cache, as watch names it
      kmemcheck trace --pages --for 2m       pages that are in no class
      kmemcheck trace -o leak.trace -- ./load.sh
      kmemcheck trace leak.trace             look at a kept trace, anywhere
      kmemcheck trace --folded leak.trace | flamegraph.pl > a.svg

      Follows allocations and frees by a program in the kernel (BPF), or by tracefs
      where that can't be had, as root: no reboot, no debug kernel. Says before it
      starts what it will cost. Only what is allocated meanwhile is seen. Nothing is
      left behind; of a trace by tracefs that was killed, the next one clears away
      the rest.
      Exit status: 0 nobody's memory surely rises, 1 somebody's does, 2 could not
      decide, 69 the kernel can't be traced, 77 needs privilege, 130 interrupted,
      with a verdict.
      """)

  @Argument(
    help: "A slab cache by its name, or a kept trace; - is one from standard input.",
    completion: .file())
  var what: String?

  @Option(name: .long, help: "Only kmalloc of so many bytes.")
  var size: ByteSize?

  @Flag(name: .long, help: "Only pages that the kernel takes for itself.")
  var pages = false

  @Flag(name: .long, help: "Only per-CPU memory.")
  var percpu = false

  @Flag(name: .long, help: "Everything, even if one thing grows.")
  var all = false

  @Option(name: .customLong("for"), help: "How long: 30s, 5m.")
  var duration: TimeSpan?

  @Option(name: .long, help: "Follow one address in so many (a power of two), or auto.")
  var sample = TraceSampling.auto

  @Option(name: .long, help: "Only what this process allocates in the kernel.")
  var pid: Int?

  @Option(
    name: .long, help: "The share of the machine's processors that tracing may take, in percent.")
  var budget = 1.0

  @Flag(name: .long, help: "Trace also where that takes more than the budget.")
  var force = false

  @Option(
    name: .long,
    help: "Follow by a program in the kernel or by tracefs; else the first that can be had."
  )
  var engine: TraceRecord.Engine?

  @Option(name: .shortAndLong, help: "Keep the trace in this file.", completion: .file())
  var output: String?

  @Flag(name: .long, help: "Print stacks and the bytes they keep, for flame graphs.")
  var folded = false

  @Option(name: .long, help: "Write what rises as JUnit XML to this file.", completion: .file())
  var junit: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Never blame this function, an allocator of your own; repeatable.", valueName: "function"))
  var skipFrame: [String] = []

  @OptionGroup var sourceLines: SourceLineOptions
  @OptionGroup var options: CommonOptions

  @Argument(
    parsing: .postTerminator, help: "A command to trace while it runs, after --.",
    completion: .program)
  var command: [String] = []

  func validate() throws {
    let chosen = [what != nil, size != nil, pages, percpu, all].count { $0 }
    guard chosen <= 1 else {
      throw ValidationError("A cache, --size, --pages, --percpu and --all exclude each other.")
    }
    if let duration, !(2...86400).contains(duration.seconds) {
      throw ValidationError("--for takes a time from 2s to 1d.")
    }
    guard budget > 0, budget <= 100 else {
      throw ValidationError("--budget takes 0 to 100 percent.")
    }
    if let size, size.bytes < 1 { throw ValidationError("--size takes a number of bytes.") }
  }

  func run() throws {
    let rules = try FrameRuleOptions.rules(skipFrame)
    let record = try isFile ? kept() : traced()
    let report = TraceLines.resolve(TraceReport(record, frameRules: rules), sourceLines)
    let failure = kept(report, record)
    do {
      try tell(report, record)
    } catch {
      throw failure ?? error
    }
    if let failure { throw failure }
  }

  /// Writes the files that are wanted, and returns why one can't be.
  ///
  /// That is told after the answer: what was seen for a minute isn't lost because a disk is full.
  private func kept(_ report: TraceReport, _ record: TraceRecord) -> Failure? {
    do throws(Failure) {
      if !isFile, let output, output != "-" {
        try Output.write(record.text, to: output)
        options.remark("kmemcheck: \(TraceRemark.kept(path: output).sentence)")
      }
      if let junit { try Output.write(TraceJUnit.document(report), to: junit) }
      return nil
    } catch {
      return error
    }
  }

  private func tell(_ report: TraceReport, _ record: TraceRecord) throws {
    // A trace on standard output is for a file or another program: nothing else goes there.
    if output == "-", !isFile {
      try Output.answer(record.text)
      try report.exitStatus.end()
    } else if folded {
      try Output.answer(FoldedText(FoldedStacks(report)).text)
      try report.exitStatus.end()
    } else {
      try Output.answer(Self.answer(report, options), options)
    }
  }

  /// A trace as an answer.
  static func answer(_ report: TraceReport, _ options: CommonOptions) -> Answer {
    Answer(report.exitStatus, json: TraceJSON.document(report)) { style in
      TraceText(report, style: style, isVerbose: options.verbose).text
    }
  }

  private var isFile: Bool {
    guard let what else { return false }
    return what == "-" || what.contains("/") || LiveFacts.isFile(what)
  }

  private func kept() throws(Failure) -> TraceRecord { try TraceInput(path: what ?? "").record() }

  /// Whether nothing was named, and nothing says that all of it is to be followed.
  private var mayNarrow: Bool {
    what == nil && size == nil && !pages && !percpu && !all && pid == nil && command.isEmpty
      && sample == .auto
  }

  private func traced() throws(Failure) -> TraceRecord {
    var wish = TraceWish(
      what: what.map(TraceWish.Scope.cache) ?? (size?.bytes).map(TraceWish.Scope.size)
        ?? (pages ? .pages : percpu ? .percpu : .everything),
      seconds: duration?.seconds ?? 60, sampling: sample, pid: pid, budget: budget / 100,
      isForced: force, command: command, mayNarrow: mayNarrow)
    if let engine { wish.engines = [engine] }
    for file in [output, junit].compactMap(\.self) where file != "-" {
      try Output.checkFolder(of: file)
    }
    return try TraceSession(wish: wish, options: options).record()
  }
}
