import KmemParsers

/// The abilities that decide who may see what.
extension KernelFacts {
  var configurationAbility: Ability {
    let gives = "which options this kernel was built with"
    guard case .missing(let reasons) = config else {
      return Ability(
        .configuration, "configuration", gives: gives, .yes, detail: configOrigin,
        evidence: ["\(configOrigin) is the configuration of this kernel"])
    }
    return Ability(
      .configuration, "configuration", gives: gives, .unknown,
      evidence: reasons.isEmpty ? ["no configuration of this kernel was found"] : reasons,
      gap: KmemleakRemedies(facts: self).findConfig().filter { $0.kind == .command } + [
        rebuild("IKCONFIG_PROC", cost: "some tens of KiB")
      ])
  }

  private var configOrigin: String {
    guard case .found(_, let origin) = config else { return "" }
    return origin
  }

  var privileges: Ability {
    var ability = Ability(
      .privileges, "privileges", gives: "files that only root may read", .unknown, gap: asRoot)
    guard let isRoot else {
      ability.evidence = ["the reader's user id isn't known"]
      return ability
    }
    ability.evidence = ["user id \(userID ?? 0)\(missingCapabilities)"]
    guard !isRoot else {
      let isWhole = missingCapabilities.isEmpty
      ability.state = isWhole ? .yes : .denied
      ability.detail = isWhole ? "root" : "root with less than its capabilities"
      if isWhole { ability.gap = [] }
      return ability
    }
    ability.state = .denied
    ability.detail = "not root"
    return ability
  }

  /// The capabilities that the reader lacks, as words to append.
  private var missingCapabilities: String {
    guard capabilities != nil else { return "" }
    var missing: [String] = []
    if has(.systemAdministration) == false { missing.append("CAP_SYS_ADMIN") }
    if has(.systemLog) == false { missing.append("CAP_SYSLOG") }
    return missing.isEmpty ? "" : ", without \(missing.joined(separator: " and "))"
  }

  var debugfs: Ability {
    let option = option("DEBUG_FS")
    var ability = Ability(
      .debugfs, "DEBUG_FS", gives: "the files of kmemleak, page_owner and slab traces",
      .unknown, evidence: [option.evidence])
    if let mountPoint = debugfsMountPoint ?? nil {
      ability.state = .yes
      ability.detail = "mounted at \(mountPoint)"
      ability.evidence = ["/proc/mounts: debugfs at \(mountPoint)"]
    } else if option.isOff {
      ability.state = .no
      ability.gap = KmemleakRemedies(facts: self).buildDebugfs()
    } else if let value = commandLine?["debugfs"] ?? nil, value != "on" {
      ability.state = .off
      ability.evidence.append("/proc/cmdline: debugfs=\(value)")
      ability.gap = KmemleakRemedies(facts: self).allowDebugfs(given: value)
    } else if mounts != nil,
      option.isOn || hasDebugDirectory == true
        || filesystems?.contains("debugfs") == true
    {
      ability.state = .off
      ability.detail = "not mounted"
      ability.evidence.append("/proc/mounts has no debugfs")
      ability.gap = KmemleakRemedies(facts: self).mountDebugfs()
    } else if let filesystems, !filesystems.contains("debugfs") {
      ability.state = .no
      ability.evidence.append("/proc/filesystems doesn't list debugfs")
      ability.gap = KmemleakRemedies(facts: self).buildDebugfs()
    } else {
      ability.gap = KmemleakRemedies(facts: self).findConfig()
    }
    return ability
  }

  var lockdownAbility: Ability {
    var ability = Ability(
      .lockdown, "lockdown", gives: "that root may open kmemleak's file", .unknown)
    guard let lockdown else { return withoutLockdownFile(ability) }
    ability.state = lockdown.closesDebugfs ? .denied : .yes
    ability.detail = lockdown.rawValue
    ability.evidence = ["/sys/kernel/security/lockdown: \(lockdown.rawValue)"]
    if lockdown.closesDebugfs { ability.gap = KmemleakRemedies(facts: self).unlock() }
    return ability
  }

  /// The answer where the file wasn't read: lockdown is an option, and came with 5.4.
  private func withoutLockdownFile(_ ability: Ability) -> Ability {
    var ability = ability
    let option = option("SECURITY_LOCKDOWN_LSM")
    ability.evidence = ["/sys/kernel/security/lockdown wasn't read"]
    if let version, !version.isAtLeast(5, 4) {
      ability.state = .yes
      ability.detail = "kernels before 5.4 have no lockdown"
    } else if option.isOff {
      ability.state = .yes
      ability.detail = "no lockdown in this kernel"
      ability.evidence = [option.evidence]
    }
    return ability
  }

  var pointers: Ability {
    var ability = Ability(
      .pointers, "kptr_restrict", gives: "addresses in modules and stacks", .unknown)
    guard let level = kptrRestrict else {
      ability.evidence = ["/proc/sys/kernel/kptr_restrict wasn't read"]
      return ability
    }
    ability.evidence = ["/proc/sys/kernel/kptr_restrict: \(level)"]
    let isOpen = level == "0" || (level == "1" && has(.systemLog) ?? (isRoot ?? false))
    ability.state = isOpen ? .yes : .denied
    ability.detail = isOpen ? "" : "addresses show as zeros"
    guard !isOpen else { return ability }
    ability.gap =
      (level == "1" ? asRoot : []) + [
        Remedy(
          .command, "Let the kernel show addresses to root",
          command: "sudo sysctl kernel.kptr_restrict=1",
          cost: "a process that is root learns where the kernel lies in memory")
      ]
    return ability
  }
}
