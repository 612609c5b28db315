package import KmemParsers
package import KmemSnapshot

/// Where modules lay at the moments of one boot at which the list of modules was recorded.
///
/// Each list is whole: a module that isn't in it wasn't loaded then.
package struct ModuleMap: Sendable {
  package private(set) var residences: [ModuleResidence] = []
  /// The moments of the lists, in seconds since boot, sorted.
  private var moments: [Double] = []
  private var clock: LeakClock?
  private var upTime: Double?
  /// When the kernel put names to the frames; nothing where the text is a log, written bit by bit.
  private var printed: Double?
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

extension ModuleMap {
  /// The map as a record, with what several lists say of one module in one line.
  package var record: ModuleRecord {
    var lines: [ModuleRecord.Line] = []
    let known = residences.filter { $0.seen != nil }
    for own in Dictionary(grouping: known, by: Place.init).values {
      var open: ClosedRange<Double>?
      let build = own.compactMap(\.buildID).first
      let version = own.compactMap(\.sourceVersion).first
      func close(_ seen: ClosedRange<Double>) {
        lines.append(
          ModuleRecord.Line(
            seen: seen, name: own[0].name, start: own[0].start, size: own[0].size,
            sourceVersion: version, buildID: build))
      }
      for seen in own.compactMap(\.seen).sorted(by: { $0.lowerBound < $1.lowerBound }) {
        if let before = open, before.upperBound >= seen.lowerBound || isGap(before, seen) {
          open = before.lowerBound...max(before.upperBound, seen.upperBound)
        } else {
          open.map(close)
          open = seen
        }
      }
      open.map(close)
    }
    return ModuleRecord(
      lines: lines.sorted { ($0.seen.lowerBound, $0.name) < ($1.seen.lowerBound, $1.name) })
  }

  /// What tells one load of a module from another one.
  private struct Place: Hashable {
    let name: String
    let start: UInt64
    let size: UInt64

    init(_ residence: ModuleResidence) {
      name = residence.name
      start = residence.start
      size = residence.size
    }
  }

  /// Whether no list was recorded between the two, which would have shown the module to be gone.
  private func isGap(_ before: ClosedRange<Double>, _ after: ClosedRange<Double>) -> Bool {
    !moments.contains { $0 > before.upperBound && $0 < after.lowerBound }
  }
}

extension ModuleMap {
  /// A moment, with what clocks that started at different times may be apart.
  typealias Moment = ClosedRange<Double>

  /// When the object was allocated, in seconds since boot; nothing if that can't be told.
  func moment(jiffies: UInt64?, age: UInt64?) -> Moment? {
    guard !moments.isEmpty else { return nil }
    let seconds: Double? =
      if let age, let upTime { upTime - Double(age) / 1000 } else {
        jiffies.flatMap { clock?.seconds($0) }
      }
    return seconds.map { $0 - 1...$0 + 1 }
  }

  /// Between which lists the moment lies: all moments with one answer get the same frames.
  func epoch(of moment: Moment?) -> Int? {
    guard let moment else { return nil }
    let low = moments.count { $0 <= moment.lowerBound }
    let high = moments.count { $0 < moment.upperBound }
    return low * (moments.count + 1) + high
  }

  /// Whether the module may have been there at the moment.
  private func isPossible(_ residence: ModuleResidence, _ moment: Moment?) -> Bool {
    guard let moment, let seen = residence.seen else { return true }
    let before = moments.last { $0 < seen.lowerBound } ?? -.infinity
    let after = moments.first { $0 > seen.upperBound } ?? .infinity
    return moment.upperBound > before && moment.lowerBound < after
  }

  /// The one module in which the address lay at the moment; nothing if it may have been several.
  func residence(of address: UInt64, at moment: Moment?) -> ModuleResidence? {
    let possible = residences.filter { $0.covers(address) && isPossible($0, moment) }
    // Of modules that were there together the nearest one is meant: code lies in one piece.
    guard let nearest = possible.max(by: { $0.start < $1.start }) else { return nil }
    let isOnly = possible.allSatisfy { other in
      other.name == nearest.name && other.start == nearest.start
        || possible.contains {
          $0.name == nearest.name && $0.start == nearest.start && $0.coexists(with: other)
        }
    }
    guard isOnly else { return nil }
    // The sighting that knows most of it.
    return possible.first {
      $0.name == nearest.name && $0.start == nearest.start
        && ($0.buildID != nil || $0.sourceVersion != nil)
    } ?? nearest
  }

  /// Whether a frame that the kernel put into this module can be its, by when the object was made.
  func confirms(_ module: String, at moment: Moment?) -> Bool {
    guard let moment else { return true }
    let own = residences.filter { $0.name == module }
    guard let printed else { return own.isEmpty || own.contains { isPossible($0, moment) } }
    guard let current = own.first(where: { $0.seen?.contains(printed) ?? false }) else {
      return true
    }
    let same = own.filter { $0.start == current.start && $0.size == current.size }
    guard same.contains(where: { isPossible($0, moment) }) else { return false }
    return !residences.contains { other in
      other.name != module && other.overlaps(current) && isPossible(other, moment)
        && !same.contains { $0.coexists(with: other) }
    }
  }

  /// Modules that were recorded at more than one address, where no clock tells which one counts.
  package var moved: Set<String> {
    guard clock == nil || residences.contains(where: { $0.seen == nil }) else { return [] }
    let places = Dictionary(grouping: residences, by: \.name)
    return Set(places.filter { Set($0.value.map(\.start)).count > 1 }.keys)
  }
}
