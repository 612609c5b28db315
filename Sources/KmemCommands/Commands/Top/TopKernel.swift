import ArgumentParser
import KmemAnalysis
import KmemReport
import KmemSnapshot
import KmemSources

/// `kmemcheck top kernel`, or `kmemcheck top`: what holds the kernel's memory.
struct TopKernel: TopCommand {
  static let configuration = CommandConfiguration(
    commandName: "kernel",
    abstract: "Show the kernel's memory: classes, slab caches, modules, call sites.",
    discussion: """
      kmemcheck top                          one look at this machine
      kmemcheck top @last                    the last snapshot taken
      kmemcheck top --only caches -n 30 --sort growth --interval 5

      On a terminal --interval redraws until Ctrl-C; elsewhere it looks twice and
      prints one table. Reads, changes nothing; as root it reads more.
      """)

  @Option(name: .long, help: "Show one table only.")
  var only: TopText.Kind?

  @Option(name: .long, help: "Sort rows by this.")
  var sort = KernelTop.Order.held

  @OptionGroup var top: TopOptions

  var usualRows: (printed: Int, drawn: Int) { only == nil ? (8, 6) : (30, 20) }

  func run() throws {
    let input = top.input
    let first = try input.capture(top.snapshot, catalog: .ranked)
    let snapshot = try input.snapshot(of: first)
    if first.kind == .file, KernelTop(KernelLook(snapshot), since: nil, order: sort).isEmpty {
      throw Failure(status: .badData, InputRefusal.nothingToRank(origin: snapshot.origin))
    }
    try show(snapshot) { () throws(Failure) in
      try input.snapshot(of: try Self.changed(first))
    }
  }

  /// Reads the files that change anew; the others, such as who made a cache, are taken from the
  /// first capture.
  private static func changed(_ first: Capture) throws(Failure) -> Capture {
    do {
      var capture = try LiveKernel(catalog: .changing).capture(
        CaptureOptions(tool: Version.current))
      capture.sources.merge(first.sources) { new, _ in new }
      capture.links.merge(first.links) { new, _ in new }
      return capture
    } catch {
      throw Failure(error)
    }
  }

  static func measured(_ snapshot: Snapshot) -> KernelLook { KernelLook(snapshot) }

  func answer(_ now: KernelLook, since start: KernelLook?, rows: Int) -> Answer {
    let table = KernelTop(now, since: start, order: sort)
    let kinds = only.map { [$0] } ?? TopText.Kind.allCases
    return Answer(json: TopJSON.document(table)) { style in
      TopText(table, style: style, kinds: kinds, limit: rows).text
    }
  }
}
