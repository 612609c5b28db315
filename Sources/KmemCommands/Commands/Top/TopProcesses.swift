import ArgumentParser
import KmemAnalysis
import KmemReport
import KmemSnapshot
import KmemSources

/// `kmemcheck top processes`: which programs hold memory.
struct TopProcesses: TopCommand {
  static let configuration = CommandConfiguration(
    commandName: "processes",
    abstract: "Show processes: USS, PSS, RSS, VSS and swap of each, or summed.",
    discussion: """
      kmemcheck top processes                by what each alone holds (USS)
      kmemcheck top processes --by user --sort pss
      kmemcheck top processes --sort growth --interval 10
      kmemcheck top processes @last          those of the last snapshot

      On a terminal --interval redraws until Ctrl-C; elsewhere it looks twice and
      prints one table. Other users' processes are measured as root only.
      """)

  @Option(name: .long, help: "Sum processes by this.")
  var by: ProcessTop.Grouping?

  @Option(name: .long, help: "Sort rows by this.")
  var sort = ProcessTop.Order.uss

  @Option(name: .long, help: "Seconds that reading processes' memory may take.")
  var budget = 5.0

  @Option(name: .long, help: "Draw the largest rows into this SVG file, too.", completion: .file())
  var chart: String?

  @OptionGroup var top: TopOptions

  var usualRows: (printed: Int, drawn: Int) { (25, max(Output.height - 9, 1)) }

  func validate() throws {
    guard (0.01...3600).contains(budget) else {
      throw ValidationError("--budget takes seconds, from 0.01 to 3600.")
    }
    try top.validate(sortsByGrowth: sort == .growth)
  }

  func run() throws {
    try show(top.isLive ? try readLive() : try top.input.snapshot(top.snapshot), again: readLive)
  }

  /// Reads only the files that the table needs.
  private func readLive() throws(Failure) -> Snapshot {
    do {
      return Snapshot(
        try LiveKernel(catalog: .besideProcesses).capture(
          CaptureOptions(
            tool: Version.current,
            processes: ProcessBudget(milliseconds: budget * 1000))))
    } catch {
      throw Failure(error)
    }
  }

  func answer(_ now: Snapshot, since start: Snapshot?, rows: Int) throws(Failure) -> Answer {
    // The user ids of another machine may mean other users.
    let names = UserNames(isKnown: top.isLive)
    guard let table = ProcessTop(now, since: start, order: sort, by: by, users: names.name) else {
      let missing = now.processes.missing
      throw Failure(
        status: .noSuchInput, InputRefusal.nothing(of: .processes, origin: now.origin, missing))
    }
    if let chart { try Output.draw([table.figure(rows: min(rows, 40))], to: chart) }
    return Answer(json: ProcessesJSON.document(table)) { style in
      ProcessTopText(table, style: style, limit: rows, isVerbose: top.options.verbose).text
    }
  }
}

/// The names of users, each looked up once.
private final class UserNames {
  private let isKnown: Bool
  private var names: [UInt32: String?] = [:]

  init(isKnown: Bool) { self.isKnown = isKnown }

  func name(_ id: UInt32) -> String? {
    guard isKnown else { return nil }
    if let name = names[id] { return name }
    let name = LiveFacts.userName(id)
    names[id] = .some(name)
    return name
  }
}
