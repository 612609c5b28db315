package import KmemParsers
package import KmemSnapshot

/// Where modules lay at the moments of one boot at which the list of modules was recorded.
///
/// Each list is whole: a module that isn't in it wasn't loaded then.
package struct ModuleMap: Sendable {
  package private(set) var residences: [ModuleResidence] = []
  /// The moments of the lists, in seconds since boot, sorted.
  private(set) var moments: [Double] = []
  private(set) var clock: LeakClock?
  private(set) var upTime: Double?
  /// When the kernel put names to the frames; nothing where the text is a log, written bit by bit.
  private(set) var printed: Double?
  /// Knows what the files of modules hold.
  package var code: (any ModuleCode)?

  /// Lists recorded at unknown moments.
  package init(_ lists: [Modules] = []) {
    for module in lists.flatMap(\.modules) {
      guard let start = module.address else { continue }
      insert(
        ModuleResidence(
          name: module.name, start: start, size: module.size, buildID: nil, sourceVersion: nil,
          seen: nil))
    }
  }

  /// The list of the machine whose report is read; times of allocation are reckoned by its clock.
  package init(_ snapshot: Snapshot) {
    upTime = snapshot.host.upTime
    clock = LeakClock(config: snapshot.hz, upTime: upTime, jiffies: nil)
    add(snapshot)
  }

  package var isEmpty: Bool { residences.isEmpty }

  /// Adds the list of another moment of the same boot.
  package mutating func add(_ snapshot: Snapshot) {
    let moment = snapshot.host.upTime
    guard let modules = snapshot.modules.value?.modules else { return }
    // Without addresses, as an ordinary user sees it, a list tells nothing of places.
    guard modules.isEmpty || modules.contains(where: { $0.address != nil }) else { return }
    if let moment { note(moment) }
    for module in modules {
      guard let start = module.address else { continue }
      insert(
        ModuleResidence(
          name: module.name, start: start, size: module.size,
          buildID: snapshot.builds.modules[module.name],
          sourceVersion: snapshot.builds.sourceVersions[module.name],
          seen: moment.map { $0...$0 }))
    }
  }

  /// Adds what a record of the same boot says.
  package mutating func add(_ record: ModuleRecord) {
    for line in record.lines {
      note(line.seen.lowerBound)
      note(line.seen.upperBound)
      insert(
        ModuleResidence(
          name: line.name, start: line.start, size: line.size, buildID: line.buildID,
          sourceVersion: line.sourceVersion, seen: line.seen))
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

  private mutating func note(_ moment: Double) {
    let index = moments.firstIndex { $0 >= moment } ?? moments.count
    guard index == moments.count || moments[index] != moment else { return }
    moments.insert(moment, at: index)
  }

  private mutating func insert(_ residence: ModuleResidence) {
    if !residences.contains(residence) { residences.append(residence) }
  }
}
