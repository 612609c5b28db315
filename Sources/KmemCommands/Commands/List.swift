import ArgumentParser
import KmemReport
import KmemSnapshot
import KmemSources

/// `kmemcheck list`: the captures in the store.
struct List: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List the snapshots in the store, the newest first.",
    discussion: """
      kmemcheck list                         all of them
      kmemcheck list --json                  for scripts

      The first column can be given wherever a snapshot is asked for. Removing a
      file forgets it.
      """)

  @OptionGroup var options: CommonOptions

  func run() throws {
    let store = Store.current
    let entries = store.list().enumerated().map { CaptureEntry($0.element, number: $0.offset + 1) }
    if options.json { return try Output.answer(CaptureList(entries).json.text) }
    guard !entries.isEmpty else {
      options.remark(
        "No snapshot lies in \(store.directories.joined(separator: " or ")). "
          + "Take one: kmemcheck snap")
      return
    }
    try Output.answer(CaptureList(entries).text(options.style))
  }
}

extension CaptureEntry {
  init(_ stored: StoredCapture, number: Int) {
    let manifest = stored.manifest
    var damage: String?
    if case .damaged(let reason) = stored.contents { damage = reason }
    self.init(
      reference: manifest == nil ? "" : number == 1 ? "@last" : "@\(number)", path: stored.path,
      bytes: Int64(stored.size), time: stored.time, label: manifest?.label,
      hostname: manifest?.hostname, release: manifest?.kernelRelease, bootID: manifest?.bootID,
      damage: damage)
  }
}
