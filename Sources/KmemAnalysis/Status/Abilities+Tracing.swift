import KmemParsers

/// Whether `kmemcheck trace` can name who allocates while it goes on.
extension KernelFacts {
  /// The first release that has all events which are followed: those of per-CPU memory came with 4.14.
  private static let firstRelease = (major: 4, minor: 14)
  /// The first release whose events have the arguments that the tracing program reads (6.1 joined
  /// kmalloc_node to kmalloc).
  private static let firstOfPrograms = (major: 6, minor: 1)
  private static let programs = ["BPF_SYSCALL", "BPF_EVENTS"]
  /// What following events by tracefs takes, where programs can't be had.
  private static let events = ["EVENT_TRACING", "STACKTRACE"]

  /// Whether a kernel of that release and configuration has what tracing needs; nil where one of them
  /// isn't known.
  static func canTrace(_ version: KernelVersion?, _ config: KernelConfig?) -> Bool? {
    if let version, !version.isAtLeast(firstRelease.major, firstRelease.minor) { return false }
    guard let config, let version else { return nil }
    return means(version).contains { $0.allSatisfy { config[$0] == .yes } }
  }

  /// The options of each way in which a kernel of that release may be traced, the best first.
  private static func means(_ version: KernelVersion) -> [[String]] {
    version.isAtLeast(firstOfPrograms.major, firstOfPrograms.minor) ? [programs, events] : [events]
  }

  var tracing: Ability {
    let isOld = version.map { !$0.isAtLeast(Self.firstRelease.major, Self.firstRelease.minor) }
    let ways = (version.map(Self.means) ?? [Self.programs]).map { $0.map { option($0) } }
    // The way that is there, else the best one.
    let way = ways.first { $0.allSatisfy(\.isOn) } ?? ways[0]
    var ability = Ability(.tracing, .unknown, evidence: way.map(\.evidence))
    var found: KernelConfig?
    if case .found(let config, _) = config { found = config }
    switch Self.canTrace(version, found) {
    case false? where isOld == true:
      ability.state = .no
      ability.detail = .beforeTracing
    case false?:
      ability.state = .no
      // Programs alone are built in by one switch, where the release has them.
      if ways.count > 1, !way[0].isOn, !way[0].isUnknown { ability.gap = [rebuild(.tracing)] }
    case nil: ability.gap = KmemleakRemedies(facts: self).findConfig()
    case true?: ability = allowed(ability)
    }
    return ability
  }

  /// The ability of a kernel that can be traced: whether this reader may.
  private func allowed(_ ability: Ability) -> Ability {
    var ability = ability
    if let lockdown, lockdown == .confidentiality {
      ability.state = .denied
      ability.detail = .lockdown(lockdown)
      ability.gap = KmemleakRemedies(facts: self).unlock()
    } else if isRoot == false || has(.systemAdministration) == false {
      ability.state = .denied
      ability.gap = asRoot
    } else {
      ability.state = isRoot == nil ? .unknown : .yes
    }
    return ability
  }
}
