import ArgumentParser
import KmemAnalysis
import KmemReport
import KmemSnapshot
internal import Glibc

/// The options of all kinds of `kmemcheck top`.
struct TopOptions: ParsableArguments {
  @Argument(
    help: "A path, '-', 'now', '@last', '@2', 'LOG@2', a label, or '2h ago'.",
    completion: .snapshot)
  var snapshot = "now"

  @Option(name: .long, help: "Seconds between looks.")
  var interval: Double?

  @Option(name: .customShort("n"), help: "Rows of a table.")
  var rows: Int?

  @OptionGroup var options: CommonOptions

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
  }

  /// Refuses an order for which two snapshots are needed if there is only one.
  ///
  /// - Throws: `ValidationError` with the reason.
  func validate(sortsByGrowth: Bool) throws {
    if sortsByGrowth, interval == nil {
      throw ValidationError("--sort growth needs --interval SECONDS.")
    }
  }

  var isLive: Bool { snapshot == "now" }
  var input: SnapshotInput { SnapshotInput(root: nil, options: options) }
}

/// One kind of `kmemcheck top`.
protocol TopCommand: ParsableCommand {
  /// What tables are made of: a snapshot, or what is computed of it once for all of them.
  associatedtype Measured = Snapshot

  var top: TopOptions { get }
  /// How many rows a table has by default: one that is printed, and one that is redrawn.
  var usualRows: (printed: Int, drawn: Int) { get }

  /// What is computed once of a snapshot, however many tables are compared with it.
  static func measured(_ snapshot: Snapshot) -> Measured

  /// The tables of one snapshot, with growth since the first.
  ///
  /// - Throws: `Failure` if the snapshot holds nothing of the kind.
  func answer(_ now: Measured, since start: Measured?, rows: Int) throws(Failure) -> Answer
}

extension TopCommand where Measured == Snapshot {
  static func measured(_ snapshot: Snapshot) -> Snapshot { snapshot }
}

extension TopCommand {
  /// Shows one snapshot, or two with the interval between; on a terminal one after the other.
  ///
  /// - Throws: `Failure` if one can't be read, or the answer can't be written.
  func show(_ first: Snapshot, again read: () throws(Failure) -> Snapshot) throws {
    let options = top.options
    let rows = top.rows ?? (options.verbose ? .max : usualRows.printed)
    // Remarks on a snapshot are shown; those on the live machine are in `status` and `show`.
    if !top.isLive { for remark in first.remarks.prefix(5) { options.remark(remark.sentence) } }
    let start = Self.measured(first)
    guard let interval = top.interval else {
      return try Output.answer(try answer(start, since: nil, rows: rows), options)
    }
    func next() throws(Failure) -> Measured {
      usleep(UInt32((interval * 1_000_000).rounded()))
      return Self.measured(try read())
    }
    if Output.isTerminal, !options.json {
      try draw(start, since: nil)
      // Until Ctrl-C, which ends the program as it ends any other.
      while true { try draw(try next(), since: start) }
    }
    try Output.answer(try answer(try next(), since: start, rows: rows), options)
  }

  /// Draws the tables over the ones before.
  private func draw(_ now: Measured, since start: Measured?) throws(Failure) {
    let answer = try answer(now, since: start, rows: top.rows ?? usualRows.drawn)
    try Output.redraw(answer.text(top.options.style))
  }
}
