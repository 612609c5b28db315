import ArgumentParser
import KmemAnalysis
import KmemHistory
import KmemReport
import KmemSnapshot
import KmemSources

/// `kmemcheck list`: the captures in the store.
struct List: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the snapshots in the store, the newest first, and what was recorded.",
    discussion: """
      kmemcheck list                         all of them
      kmemcheck list DIR                     captures of any kind in a folder
      kmemcheck list --json                  for scripts

      The first column can be given wherever a snapshot is asked for. Removing a
      file forgets it.
      """)

  @Argument(help: "Folders or files to look in, instead of the store.", completion: .file())
  var places: [String] = []

  @OptionGroup var options: CommonOptions

  func run() throws {
    guard places.isEmpty else { return try Output.answer(try answer(places), options) }
    let store = Store.current
    var number = 0
    let entries = store.checked().map { capture in
      number += capture.damage == nil ? 1 : 0
      return CaptureEntry(capture, number: number)
    }
    let list = CaptureList(entries, histories: histories(store.historyFiles))
    if list.isEmpty, !options.json {
      options.remark(StoreRemark.empty(directories: store.directories).sentence)
    }
    try Output.answer(Answer(json: list.json, text: list.text), options)
  }

  private func answer(_ places: [String]) throws(Failure) -> Answer {
    let found = try SeriesPlaces(places)
    if found.leftOut > 0 { options.remark(WatchFacts.Gap.leftOut(found.leftOut).sentence) }
    if let remark = found.remark { options.remark(remark.sentence) }
    let newestFirst = found.moments.sorted { $0.place > $1.place }
    let list = CaptureList(
      newestFirst.map { CaptureEntry($0) }, histories: histories(found.histories))
    return Answer(json: list.json, text: list.text)
  }

  /// The recorded boots, the latest last; a history that can't be read gets a remark.
  private func histories(_ files: [String]) -> [HistoryEntry] {
    files.flatMap { path -> [HistoryEntry] in
      do throws(HistoryError) {
        return try History.reading(path).ranges().map { HistoryEntry($0, path: path) }
      } catch {
        options.remark("kmemcheck: \(error.sentence)")
        return []
      }
    }
  }
}

extension CaptureEntry {
  init(_ stored: StoredCapture, number: Int) {
    let manifest = stored.manifest
    self.init(
      reference: stored.damage != nil ? "" : number == 1 ? "@last" : "@\(number)",
      path: stored.path,
      bytes: Int64(stored.size), time: stored.time, label: manifest?.label,
      hostname: manifest?.hostname, release: manifest?.kernelRelease, bootID: manifest?.bootID,
      damage: stored.damage)
  }
}

extension SeriesMoment {
  /// Its place in a list: what tells the year is taken for newer than what doesn't, and that for newer
  /// than what has the kernel's own stamps alone.
  fileprivate var place: (Double, Double, Double) {
    (wall ?? -.infinity, host.textMoment?.withoutYear ?? -.infinity, host.upTime ?? -.infinity)
  }
}

extension CaptureEntry {
  fileprivate init(_ moment: SeriesMoment) {
    self.init(
      reference: "", path: moment.reference, bytes: moment.bytes, time: moment.wall,
      withoutYear: moment.host.textMoment?.withoutYear, up: moment.host.upTime,
      label: moment.label, hostname: moment.host.hostname, release: moment.host.release,
      bootID: moment.host.bootID, damage: moment.damage)
  }
}

extension HistoryEntry {
  init(_ range: HistoryRange, path: String) {
    self.init(
      path: path, hostname: range.hostname, release: range.release, bootID: range.bootID,
      first: range.firstWall, last: range.lastWall, rounds: range.rounds, series: range.series)
  }
}
