import KmemParsers

/// The abilities that decide which user may read what.
extension KernelFacts {
  var configurationAbility: Ability {
    switch config {
    case .found(_, let origin):
      Ability(
        .configuration, .yes, detail: .origin(origin), evidence: [.configuration(origin: origin)])
    case .missing:
      Ability(
        .configuration, .unknown, evidence: configAbsences,
        gap: [.command(.giveConfiguration), rebuild(.configuration)])
    }
  }

  /// Why the configuration isn't known.
  var configAbsences: [StatusEvidence] {
    guard case .missing(let reasons) = config, !reasons.isEmpty else {
      return [.noConfiguration(nil)]
    }
    return reasons.map(StatusEvidence.noConfiguration)
  }

  var privileges: Ability {
    guard let userID else {
      return Ability(.privileges, .unknown, evidence: [.userUnknown], gap: asRoot)
    }
    let missing = Capability.allCases.filter { has($0) == false }
    let evidence = [StatusEvidence.user(userID, lacks: missing)]
    guard userID == 0 else {
      return Ability(.privileges, .denied, detail: .notRoot, evidence: evidence, gap: asRoot)
    }
    guard missing.isEmpty else {
      return Ability(
        .privileges, .denied, detail: .rootWithoutCapabilities, evidence: evidence, gap: asRoot)
    }
    return Ability(.privileges, .yes, detail: .root, evidence: evidence)
  }

  var debugfs: Ability {
    let option = option("DEBUG_FS")
    var ability = Ability(.debugfs, .unknown, evidence: [option.evidence])
    if let mountPoint = debugfsMountPoint ?? nil {
      ability.state = .yes
      ability.detail = .mounted(at: mountPoint)
      ability.evidence = [.debugfsMounted(at: mountPoint)]
    } else if option.isOff {
      ability.state = .no
      ability.gap = KmemleakRemedies(facts: self).buildDebugfs()
    } else if isConfigurationAlone {
      ability.state = option.isOn ? .yes : .unknown
    } else if let value = commandLine?["debugfs"] ?? nil, value != "on" {
      ability.state = .off
      ability.evidence.append(.value(path: "/proc/cmdline", "debugfs=\(value)"))
      ability.gap = KmemleakRemedies(facts: self).allowDebugfs(given: value)
    } else if mounts != nil,
      option.isOn || hasDebugDirectory == true
        || filesystems?.contains("debugfs") == true
    {
      ability.state = .off
      ability.detail = .notMounted
      ability.evidence.append(.debugfsNotMounted)
      ability.gap = KmemleakRemedies(facts: self).mountDebugfs()
    } else if let filesystems, !filesystems.contains("debugfs") {
      ability.state = .no
      ability.evidence.append(.debugfsNotListed)
      ability.gap = KmemleakRemedies(facts: self).buildDebugfs()
    } else {
      ability.gap = KmemleakRemedies(facts: self).findConfig()
    }
    return ability
  }

  var lockdownAbility: Ability {
    guard let lockdown else { return withoutLockdownFile }
    return Ability(
      .lockdown, lockdown.closesDebugfs ? .denied : .yes, detail: .lockdown(lockdown),
      evidence: [.value(path: Lockdown.path, lockdown.rawValue)],
      gap: lockdown.closesDebugfs ? KmemleakRemedies(facts: self).unlock() : [])
  }

  /// The answer where the file of lockdown wasn't read: lockdown is an option, and came with 5.4.
  private var withoutLockdownFile: Ability {
    let option = option("SECURITY_LOCKDOWN_LSM")
    var ability = Ability(.lockdown, .unknown, evidence: [.notRead(path: Lockdown.path)])
    if let version, !version.isAtLeast(5, 4) {
      ability.state = .yes
      ability.detail = .beforeLockdown
    } else if option.isOff {
      ability.state = .yes
      ability.detail = .lockdownNotBuilt
      ability.evidence = [option.evidence]
    }
    return ability
  }

  var pointers: Ability {
    let path = "/proc/sys/kernel/kptr_restrict"
    guard let level = kptrRestrict else {
      return Ability(.pointers, .unknown, evidence: [.notRead(path: path)])
    }
    let evidence = [StatusEvidence.value(path: path, level)]
    let isOpen = level == "0" || (level == "1" && has(.systemLog) ?? (isRoot ?? false))
    guard !isOpen else { return Ability(.pointers, .yes, evidence: evidence) }
    return Ability(
      .pointers, .denied, detail: .addressesHidden, evidence: evidence,
      gap: (level == "1" ? asRoot : []) + [.command(.showAddresses)])
  }
}
