import KmemParsers

extension ModuleMap {
  /// A moment in seconds since boot, as the range by which clocks that started at different times
  /// may differ.
  typealias Moment = ClosedRange<Double>

  /// Whether frames may mean something else at another moment.
  var tellsMoments: Bool { !moments.isEmpty }

  /// When the object was allocated, in seconds since boot; nothing if that can't be told.
  func moment(jiffies: UInt64?, age: UInt64?) -> Moment? {
    guard tellsMoments else { return nil }
    let seconds: Double? =
      if let age, let upTime { upTime - Double(age) / 1000 } else {
        jiffies.flatMap { clock?.seconds($0) }
      }
    return seconds.map { $0 - 1...$0 + 1 }
  }

  /// The number of the interval between two lists in which the moment lies.
  ///
  /// All moments with one number give a stack the same frames.
  func epoch(of moment: Moment?) -> Int? {
    guard let moment else { return nil }
    let low = moments.countBelow(moment.lowerBound)
    let high = moments.countBelow(moment.upperBound)
    return low * (moments.count + 1) + high
  }

  /// Whether the module may have been there at the moment.
  private func isPossible(_ residence: ModuleResidence, _ moment: Moment?) -> Bool {
    guard let moment, let seen = residence.seen, let known = residence.known else { return true }
    let before = min(known.lowerBound, moments.last(before: seen.lowerBound) ?? -.infinity)
    let after = moments.first(after: seen.upperBound) ?? .infinity
    return moment.upperBound > before && moment.lowerBound < after
  }

  /// Whether the module was there at the moment, as far as clocks agree.
  ///
  /// Where no time is known, the module counts as there, since its list was given for this report.
  private func isCertain(_ residence: ModuleResidence, _ moment: Moment?) -> Bool {
    guard let moment, let known = residence.known else { return true }
    return known.overlaps(moment)
  }

  /// Whether the module was there even if clocks differ as far as they may.
  private func isBeyondDoubt(_ residence: ModuleResidence, _ moment: Moment?) -> Bool {
    guard let moment, let known = residence.known else { return false }
    return known.lowerBound <= moment.lowerBound && moment.upperBound <= known.upperBound
  }

  /// The one module in which the address lay at the moment; nil if it may have been one of several.
  ///
  /// The answer is sure only where lists on both sides of the moment show the module: between a
  /// list with it and one without, another module may have come and gone unseen.
  func residence(of address: UInt64, at moment: Moment?) -> (ModuleResidence, isSure: Bool)? {
    let there = residences.filter { $0.covers(address) && isPossible($0, moment) }
    let sure = there.filter { isBeyondDoubt($0, moment) }
    // Behind the start of a module's code that of another may begin, so only a module that starts
    // no later can be ruled out.
    let possible = there.filter { other in
      sure.contains(other) || !sure.contains { $0.start >= other.start }
    }
    // Of modules that were loaded together the one that starts nearest below is meant: code lies in
    // one piece.
    guard let nearest = possible.max(by: { $0.start < $1.start }) else { return nil }
    let isOnly = possible.allSatisfy { other in
      other.name == nearest.name && other.start == nearest.start
        || possible.contains {
          $0.name == nearest.name && $0.start == nearest.start && $0.coexists(with: other)
        }
    }
    guard isOnly else { return nil }
    let own = possible.filter { $0.name == nearest.name && $0.start == nearest.start }
    // Take the sighting that knows the build, if there is one.
    let best = own.first { $0.buildID != nil || $0.sourceVersion != nil } ?? nearest
    return (best, own.contains { isCertain($0, moment) })
  }

  /// Whether the module that the kernel named was loaded when the object was allocated.
  func confirms(_ module: String, at moment: Moment?) -> Bool {
    guard let moment else { return true }
    let own = (byName[module] ?? []).map { residences[$0] }
    guard let printed else { return own.isEmpty || own.contains { isPossible($0, moment) } }
    guard let current = own.first(where: { $0.seen?.contains(printed) ?? false }) else {
      return true
    }
    let same = own.filter { $0.start == current.start && $0.size == current.size }
    guard same.contains(where: { isPossible($0, moment) }) else { return false }
    if same.contains(where: { isBeyondDoubt($0, moment) }) { return true }
    return !residences.contains { other in
      other.name != module && other.overlaps(current) && isPossible(other, moment)
        && !same.contains { $0.coexists(with: other) }
    }
  }

  /// The address that a frame named by the kernel stands for, by the file of the module that it
  /// named.
  func address(of frame: KmemleakFrame) -> UInt64? {
    guard let printed, let symbol = frame.symbol, let offset = frame.offset,
      let current = (byName[frame.module ?? ""] ?? []).lazy.map({ residences[$0] })
        .first(where: { $0.seen?.contains(printed) ?? false }),
      let inside = code?.offset(
        of: CodeFrame(
          function: symbol, offset: offset, length: frame.length, module: frame.module),
        in: current)
    else { return nil }
    let (address, overflow) = current.start.addingReportingOverflow(inside)
    return overflow ? nil : address
  }

  /// Modules that were recorded at more than one address, where no clock tells which one counts.
  package var moved: Set<String> {
    guard clock == nil || residences.contains(where: { $0.seen == nil }) else { return [] }
    let places = Dictionary(grouping: residences, by: \.name)
    return Set(places.filter { Set($0.value.map(\.start)).count > 1 }.keys)
  }
}
