import ArgumentParser
import KmemAnalysis
import KmemHistory
import KmemReport
import KmemSources

/// `kmemcheck export`: recorded samples, for other programs.
struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Give away what watch --record kept, as lines of JSON or as CSV.",
    discussion: """
      kmemcheck export --csv > series.csv
      kmemcheck export --ndjson watch.sqlite

      One line for each value that differs from the one before it. Times are seconds
      since boot, and UTC; sizes are bytes. A value that went missing is null, or empty.
      """)

  @Argument(
    help: "The history's file, if it isn't the one in the store.", completion: .file())
  var file: String?

  @Flag(help: "The form of the lines.")
  var form: Form = .ndjson

  /// The formats that can be written.
  enum Form: String, EnumerableFlag {
    case ndjson, csv
  }

  @OptionGroup var options: CommonOptions

  func run() throws {
    guard let path = file ?? Store.current.historyFiles.first else {
      throw Failure(
        status: .noSuchInput, HistoryRefusal.noHistory(directories: Store.current.directories))
    }
    do {
      try write(try History.reading(path))
    } catch let error as HistoryError where error.kind == .cannotOpen {
      throw Failure(status: .noSuchInput, message: error.sentence)
    } catch {
      throw Failure(error)
    }
  }

  private func write(_ history: History) throws {
    let form: HistoryForm = form == .csv ? .csv : .ndjson
    var lines = HistoryLines<HistoryRow.Source>(form)
    var bytes = Array(form.titles.utf8)
    try history.forEachRow { row in
      lines.append(row.source, time: row.time, wall: row.wall, value: row.value, to: &bytes) {
        HistoryNames(bootID: row.bootID, hostname: row.hostname, series: row.series)
      }
      guard bytes.count > 1 << 16 else { return }
      try Output.answer(bytes)
      bytes.removeAll(keepingCapacity: true)
    }
    try Output.answer(bytes)
    let unknown = try history.unknownSeries()
    if unknown > 0 { options.remark(WatchFacts.Gap.unknownSeries(unknown).sentence) }
  }
}
