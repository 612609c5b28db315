import KmemParsers

/// Whether `kmemcheck trace` can name who allocates while it goes on.
extension KernelFacts {
  /// The first release whose events have the arguments that the tracing program reads (6.1 joined
  /// kmalloc_node to kmalloc).
  private static let firstRelease = (major: 6, minor: 1)

  /// Whether a kernel of that release and configuration has what tracing needs; nil where one of them
  /// isn't known.
  static func canTrace(_ version: KernelVersion?, _ config: KernelConfig?) -> Bool? {
    if let version, !version.isAtLeast(firstRelease.major, firstRelease.minor) { return false }
    guard let config, version != nil else { return nil }
    return ["BPF_SYSCALL", "BPF_EVENTS"].allSatisfy { config[$0] == .yes }
  }

  var tracing: Ability {
    let (call, events) = (option("BPF_SYSCALL"), option("BPF_EVENTS"))
    var ability = Ability(.tracing, .unknown, evidence: [call.evidence, events.evidence])
    var found: KernelConfig?
    if case .found(let config, _) = config { found = config }
    let isOld = version.map { !$0.isAtLeast(Self.firstRelease.major, Self.firstRelease.minor) }
    switch Self.canTrace(version, found) {
    case false? where isOld == true:
      ability.state = .no
      ability.detail = .beforeTracing
    case false? where call.isOn || call.isUnknown:
      ability.state = .no
    case false?:
      ability.state = .no
      ability.gap = [rebuild(.tracing)]
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
