import ArgumentParser
import KmemAnalysis
import KmemReport
import KmemSnapshot
import KmemSources

/// `kmemcheck top cgroups`: which services hold memory.
struct TopCgroups: TopCommand {
  static let configuration = CommandConfiguration(
    commandName: "cgroups",
    abstract: "Show control groups: services, containers, sessions of users.",
    discussion: """
      kmemcheck top cgroups                  by the memory that each is charged for
      kmemcheck top cgroups --sort growth --interval 5
      kmemcheck top cgroups --sort dying     removed groups whose memory stays

      On a terminal --interval redraws until Ctrl-C; elsewhere it looks twice and
      prints one table.
      """)

  @Option(name: .long, help: "Sort rows by this.")
  var sort = CgroupTop.Order.memory

  @Option(name: .long, help: "Draw the largest rows into this SVG file, too.", completion: .file())
  var chart: String?

  @OptionGroup var top: TopOptions

  var usualRows: (printed: Int, drawn: Int) { (25, max(Output.height - 9, 1)) }

  func validate() throws { try top.validate(sortsByGrowth: sort == .growth) }

  func run() throws {
    try show(top.isLive ? try readLive() : try top.input.snapshot(top.snapshot), again: readLive)
  }

  /// Reads only the files that the table needs.
  private func readLive() throws(Failure) -> Snapshot {
    do {
      let capture = try LiveKernel(catalog: .besideProcesses).capture(
        CaptureOptions(tool: Version.current))
      return Snapshot(capture, groups: try LiveGroups.read())
    } catch {
      throw Failure(error)
    }
  }

  func answer(_ now: Snapshot, since start: Snapshot?, rows: Int) throws(Failure) -> Answer {
    guard let table = CgroupTop(now, since: start, order: sort) else {
      let missing = now.cgroups.missing
      throw Failure(
        status: .noSuchInput, InputRefusal.nothing(of: .cgroups, origin: now.origin, missing))
    }
    if let chart { try Output.draw([table.figure(rows: min(rows, 40))], to: chart) }
    return Answer(json: CgroupsJSON.document(table)) { style in
      CgroupTopText(table, style: style, limit: rows, isVerbose: top.options.verbose).text
    }
  }
}
