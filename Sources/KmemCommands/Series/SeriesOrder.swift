import KmemAnalysis
import KmemReport
import KmemSnapshot

/// The captures of one boot of one machine, in the order of their times.
struct SeriesOrder {
  /// The captures of the boot that is judged.
  let moments: [SeriesMoment]
  /// The other boots that there are captures of, by what is known of each.
  let otherBoots: Int
  /// How many captures tell no time.
  let timeless: Int

  /// Chooses the machine and the boot, and puts their captures in order.
  ///
  /// - Throws: `Failure` if there are several machines and none is chosen, or nothing of what is
  ///   wanted.
  init(_ all: [SeriesMoment], host: String?, boot: String?) throws(Failure) {
    let own = try Self.ofOneMachine(all, host)
    let timed = Self.timed(own)
    let boots = Self.boots(timed)
    guard !boots.isEmpty else {
      let hasDays = own.contains { $0.host.textMoment?.withoutYear != nil }
      let refusal: SeriesRefusal = hasDays ? .noYears : .noTimes(count: own.count)
      throw Failure(status: .badData, refusal)
    }
    timeless = own.count - timed.count
    guard let chosen = Self.chosen(boots, boot) else {
      let known = boots.compactMap { $0.first?.host.bootID.map { String($0.prefix(8)) } }
      throw Failure(status: .noSuchInput, SeriesRefusal.noBoot(boot ?? "", known: known))
    }
    moments = chosen
    otherBoots = boots.count - 1
  }

  private static func ofOneMachine(_ all: [SeriesMoment], _ host: String?) throws(Failure)
    -> [SeriesMoment]
  {
    let names = Array(Set(all.map(\.machine))).sorted()
    if let host {
      let own = all.filter { $0.machine == host }
      guard own.isEmpty else { return own }
      throw Failure(status: .noSuchInput, SeriesRefusal.noHost(host, known: names))
    }
    // Of a capture that names no machine nothing is known.
    if let first = all.first(where: { $0.host.hostname != nil }) ?? all.first,
      all.contains(where: { $0.host.sameMachine(as: first.host) == .different })
    {
      throw Failure(status: .usage, SeriesRefusal.severalHosts(names))
    }
    return all
  }

  /// The captures whose times can be compared, in their order.
  ///
  /// Without times of the wall, the moments of one text have a clock of their own; stamps since boot
  /// stand in the order of the text. Those of several texts have one if only the year is missing.
  private static func timed(_ own: [SeriesMoment]) -> [SeriesMoment] {
    let walls = own.filter { $0.wall != nil }
    guard walls.isEmpty else { return sorted(walls) }
    guard Set(own.map(\.path)).count > 1 else { return own.filter { $0.clock != nil } }
    let days = own.filter { $0.host.textMoment?.withoutYear != nil }
    let found = days.map { ($0.path, $0.host.textMoment?.withoutYear ?? 0) }
    guard let times = YearlessTimes(found).times else { return [] }
    return sorted(
      zip(days, times).map { moment, time in
        var moment = moment
        moment.placed = time
        return moment
      })
  }

  /// By time; those of one time in the order of their paths.
  private static func sorted(_ moments: [SeriesMoment]) -> [SeriesMoment] {
    moments.enumerated().sorted {
      ($0.element.time ?? 0, $0.offset) < ($1.element.time ?? 0, $1.offset)
    }.map(\.element)
  }

  /// What several texts tell, once.
  private static func told(_ sorted: [SeriesMoment]) -> [SeriesMoment] {
    var told: [SeriesMoment] = []
    for moment in sorted {
      let sameTime = told.reversed().prefix { $0.time == moment.time }
      if !sameTime.contains(where: { moment.repeats($0) }) { told.append(moment) }
    }
    return told
  }

  /// The captures by boot, the latest boot last.
  private static func boots(_ timed: [SeriesMoment]) -> [[SeriesMoment]] {
    var boots: [[SeriesMoment]] = []
    for moment in told(timed) {
      if let last = boots.last?.last, !moment.isOfLaterBoot(than: last) {
        boots[boots.count - 1].append(moment)
      } else {
        boots.append([moment])
      }
    }
    return boots
  }

  private static func chosen(_ boots: [[SeriesMoment]], _ wanted: String?) -> [SeriesMoment]? {
    guard let wanted else { return boots.last }
    return boots.last { $0.contains { $0.host.bootID?.hasPrefix(wanted) ?? false } }
  }
}
