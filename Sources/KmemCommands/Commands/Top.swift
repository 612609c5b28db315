import ArgumentParser
import KmemAnalysis
import KmemReport
import KmemSnapshot
import KmemSources
internal import Glibc

/// `kmemcheck top`: who holds memory now, and who gains.
struct Top: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Show who holds memory: classes, caches, modules, call sites; processes; control groups.",
    discussion: """
      kmemcheck top                          one look at the kernel's memory
      kmemcheck top --processes              programs, by what each alone holds (USS)
      kmemcheck top --processes --by user --sort pss
      kmemcheck top --cgroups --interval 5   services, with what they gained
      kmemcheck top --only caches -n 30 --sort growth --interval 5

      On a terminal --interval redraws until Ctrl-C; elsewhere it looks twice and
      prints one table. Reads, changes nothing; as root it reads more.
      """)

  @Argument(help: "A path, '-', 'now', '@last', '@2', a label, or '2h ago'.")
  var snapshot = "now"

  @Option(name: .long, help: "Seconds between looks.")
  var interval: Double?

  @Option(name: .long, help: "Only one table: classes, caches, modules or sites.")
  var only: Kind?

  @Flag(name: .long, help: "Processes: USS, PSS, RSS, VSS and swap of each.")
  var processes = false

  @Flag(name: .long, help: "Control groups: services, containers, sessions of users.")
  var cgroups = false

  @Option(name: .long, help: "Sum processes by this: user or command.")
  var by: Grouping?

  @Option(
    name: .long,
    help: """
      Sort by held, growth, count or name; processes by uss, pss, rss, vss, swap or growth; \
      control groups by memory, anon, file, kernel, swap, dying or growth.
      """)
  var sort: Order?

  @Option(name: .long, help: "Seconds that reading processes' memory may take.")
  var budget = 5.0

  @Option(name: .customShort("n"), help: "Rows of a table.")
  var rows: Int?

  @OptionGroup var options: CommonOptions

  /// The tables there are.
  enum Kind: String, ExpressibleByArgument, CaseIterable {
    case classes, caches, modules, sites
  }

  /// By what they are sorted.
  enum Order: String, ExpressibleByArgument, CaseIterable {
    case held, growth, count, name, uss, pss, rss, vss, swap, memory, anon, file, kernel, dying
  }

  /// What processes are summed by.
  enum Grouping: String, ExpressibleByArgument, CaseIterable {
    case user, command
  }

  func validate() throws {
    if let interval, !(0.1...86400).contains(interval) {
      throw ValidationError("--interval takes seconds, from 0.1 to 86400.")
    }
    if interval != nil, snapshot != "now" {
      throw ValidationError("--interval looks at the live machine; a snapshot doesn't change.")
    }
    if let rows, !(1...100_000).contains(rows) {
      throw ValidationError("-n takes a number from 1 to 100000.")
    }
    try validateKinds()
  }

  func run() throws {
    if processes || cgroups { return try UserSpaceLook(self).run() }
    let input = SnapshotInput(root: nil, options: options)
    let first = try input.capture(snapshot)
    let start = try input.snapshot(of: first)
    guard let interval else { return try answer(top(start, since: nil)) }
    if Output.isTerminal, !options.json {
      // Until Ctrl-C, which ends the program as it ends any other.
      try draw(top(start, since: nil))
      while true { try draw(top(try look(after: interval, first, input), since: start)) }
    }
    try answer(top(try look(after: interval, first, input), since: start))
  }

  /// Reads what changes anew; what doesn't, such as who made a cache, is the first look's.
  private func look(after interval: Double, _ first: Capture, _ input: SnapshotInput) throws
    -> Snapshot
  {
    usleep(UInt32((interval * 1_000_000).rounded()))
    do {
      var capture = try LiveKernel(catalog: .changing).capture(
        CaptureOptions(tool: KmemcheckCommand.version))
      capture.sources.merge(first.sources) { new, _ in new }
      capture.links.merge(first.links) { new, _ in new }
      return try input.snapshot(of: capture)
    } catch {
      throw Failure(error)
    }
  }

  private func top(_ now: Snapshot, since start: Snapshot?) -> KernelTop {
    KernelTop(
      Health(now), growth: start.map { Growth(from: $0, to: now) },
      order: sort.flatMap { KernelTop.Order(rawValue: $0.rawValue) } ?? .held)
  }

  private func text(_ top: KernelTop, rows: Int) -> String {
    let kinds = only.flatMap { TopText.Kind(rawValue: $0.rawValue) }.map { [$0] }
    return TopText(
      top, style: options.style, kinds: kinds ?? TopText.Kind.allCases, limit: rows
    ).text
  }

  private func answer(_ top: KernelTop) throws {
    let limit = rows ?? (options.verbose ? .max : only == nil ? 8 : 30)
    try Output.answer(options.json ? TopJSON.document(top).text : text(top, rows: limit))
  }

  /// Draws over what was drawn before.
  private func draw(_ top: KernelTop) throws {
    try Output.redraw(text(top, rows: rows ?? (only == nil ? 6 : 20)))
  }
}
