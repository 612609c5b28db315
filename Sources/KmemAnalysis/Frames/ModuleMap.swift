package import KmemParsers
package import KmemSnapshot

/// Where modules lay at the moments of one boot at which the list of modules was recorded.
///
/// Each list is whole: a module that isn't in it wasn't loaded then.
package struct ModuleMap: Sendable {
  /// The sightings of modules, in the order in which they were added.
  package internal(set) var residences: [ModuleResidence] = []
  /// The residences by the module's name.
  var byName: [String: [Int]] = [:]
  /// The residences of one module at one place, which may have come back to it.
  var stays: [Place: [Int]] = [:]
  /// The moments of the lists, in seconds since boot.
  private(set) var moments = SortedTimes()
  private(set) var clock: LeakClock?
  private(set) var upTime: Double?
  /// When the kernel put names to the frames, in seconds since boot; nil where the text is a log,
  /// which was written bit by bit.
  private(set) var printed: Double?
  /// Looks functions up in the files of modules; nil where no files are at hand.
  package var code: (any ModuleCode)?

  /// Makes a map of lists that were recorded at unknown moments.
  package init(_ lists: [Modules] = []) {
    for module in lists.flatMap(\.modules) {
      guard let start = module.address else { continue }
      add(ModuleResidence(name: module.name, start: start, size: module.size))
    }
  }

  /// Makes a map of the list in the snapshot that holds the report, whose clock all times are
  /// reckoned by.
  package init(_ snapshot: Snapshot) {
    upTime = snapshot.host.upTime
    clock = LeakClock(config: snapshot.hz, upTime: upTime, jiffies: nil)
    add(snapshot)
  }

  /// Whether no list showed a module.
  package var isEmpty: Bool { residences.isEmpty }

  /// Adds the list of another moment of the same boot.
  package mutating func add(_ snapshot: Snapshot) {
    guard let modules = snapshot.modules.value?.modules else { return }
    // An ordinary user reads a list without addresses, which tells nothing of places.
    guard modules.isEmpty || modules.contains(where: { $0.address != nil }) else { return }
    var listed: Set<Place> = []
    let moment = snapshot.host.upTime
    for module in modules {
      guard let start = module.address else { continue }
      let residence = ModuleResidence(
        name: module.name, start: start, size: module.size,
        buildID: snapshot.builds.modules[module.name],
        sourceVersion: snapshot.builds.sourceVersions[module.name], seen: moment.map { $0...$0 },
        loadedBy: snapshot.builds.loadTimes[module.name])
      listed.insert(Place(residence))
      add(residence)
    }
    guard let moment else { return }
    moments.insert(moment)
    endStays(at: moment, of: listed)
  }

  /// Adds what a record of the same boot says.
  package mutating func add(_ record: ModuleRecord) {
    for line in record.lines {
      moments.insert(line.seen.lowerBound)
      moments.insert(line.seen.upperBound)
    }
    for line in record.lines where !line.isMomentOnly {
      add(
        ModuleResidence(
          name: line.name, start: line.start, size: line.size, buildID: line.buildID,
          sourceVersion: line.sourceVersion, seen: line.seen, loadedBy: line.loadedBy))
    }
  }

  /// Adds the text of a record of the same boot.
  package mutating func add(record text: Span<UInt8>) { add(ModuleRecord(parsing: text)) }

  /// The map for a text whose frames the kernel named at this moment of the same boot.
  package func printed(at moment: Double?) -> ModuleMap {
    var map = self
    map.printed = moment
    return map
  }
}
