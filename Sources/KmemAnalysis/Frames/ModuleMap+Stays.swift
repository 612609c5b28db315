extension ModuleMap {
  /// What tells one load of a module from another one.
  struct Place: Hashable {
    let name: String
    let start: UInt64
    let size: UInt64

    init(_ residence: ModuleResidence) {
      name = residence.name
      start = residence.start
      size = residence.size
    }
  }

  /// Adds a sighting of a module: to the stay it belongs to, if no list between them lacks the
  /// module.
  mutating func add(_ residence: ModuleResidence) {
    let place = Place(residence)
    for index in stays[place] ?? [] {
      guard let joined = residences[index].joined(with: residence, moments) else { continue }
      residences[index] = joined
      return
    }
    residences.append(residence)
    stays[place, default: []].append(residences.count - 1)
    byName[residence.name, default: []].append(residences.count - 1)
  }

  /// Ends the stays of modules that the list of this moment lacks.
  mutating func endStays(at moment: Double, of listed: Set<Place>) {
    for index in residences.indices {
      let residence = residences[index]
      guard let seen = residence.seen, seen.lowerBound < moment, moment < seen.upperBound,
        !listed.contains(Place(residence)), let before = moments.last(before: moment),
        let after = moments.first(after: moment)
      else { continue }
      residences[index].seen = seen.lowerBound...max(seen.lowerBound, before)
      var rest = residence
      rest.seen = min(after, seen.upperBound)...seen.upperBound
      if let loadedBy = rest.loadedBy, loadedBy <= moment { rest.loadedBy = nil }
      residences.append(rest)
      stays[Place(residence), default: []].append(residences.count - 1)
      byName[residence.name, default: []].append(residences.count - 1)
    }
  }
}

extension ModuleResidence {
  /// Both sightings as one stay; nil if they are of two stays, or of two builds.
  fileprivate func joined(with other: ModuleResidence, _ moments: SortedTimes)
    -> ModuleResidence?
  {
    guard buildID == nil || other.buildID == nil || buildID == other.buildID else { return nil }
    var joined = self
    joined.buildID = buildID ?? other.buildID
    joined.sourceVersion = sourceVersion ?? other.sourceVersion
    joined.loadedBy = [loadedBy, other.loadedBy].compactMap(\.self).min()
    guard let seen, let others = other.seen else {
      return seen == nil && other.seen == nil ? joined : nil
    }
    let gap = min(seen.upperBound, others.upperBound), end = max(seen.lowerBound, others.lowerBound)
    if gap < end, let next = moments.first(after: gap), next < end { return nil }
    joined.seen =
      min(seen.lowerBound, others.lowerBound)...max(seen.upperBound, others.upperBound)
    return joined
  }
}
