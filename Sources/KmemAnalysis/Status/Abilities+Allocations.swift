import KmemParsers

/// The abilities that tell who allocated memory other than slab objects.
extension KernelFacts {
  var vmallocinfoAbility: Ability {
    var ability = Ability(
      .vmallocinfo, .unknown, evidence: [.notRead(path: Vmallocinfo.file.absolutePath)])
    if let (state, evidence) = state(of: vmallocinfo, path: Vmallocinfo.file.absolutePath) {
      ability.state = state
      ability.evidence = [evidence]
      if state == .denied { ability.gap = asRoot }
    }
    return ability
  }

  var allocinfoAbility: Ability {
    let option = option("MEM_ALLOC_PROFILING")
    var ability = Ability(.allocinfo, .unknown, evidence: [option.evidence])
    if let level = memoryProfiling {
      ability.evidence.append(.value(path: "/proc/sys/vm/mem_profiling", level))
    }
    let file = state(of: allocinfo, path: Allocinfo.file.absolutePath)
    if let file { ability.evidence.append(file.evidence) }
    if memoryProfiling == "0" {
      ability.state = .off
      ability.gap = switchProfilingOn
    } else if let file, file.state == .yes || file.state == .denied {
      ability.state = file.state
      if file.state == .denied { ability.gap = asRoot }
    } else if option.isOff || (option.isUnknown && file?.state == .no) {
      ability.state = .no
      ability.gap = [rebuild(.allocationProfiling)]
    } else if option.isOn {
      ability.state = .off
      ability.gap = switchProfilingOn
    }
    return ability
  }

  /// How to switch profiling on: by sysctl, or at boot where the kernel made the sysctl read-only.
  private var switchProfilingOn: [Remedy] {
    let boot = Remedy.boot(.add(.memoryProfiling))
    let command = Remedy.command(.switchProfilingOn)
    let value = (commandLine?["sysctl.vm.mem_profiling"] ?? nil) ?? ""
    let byDefault = option("MEM_ALLOC_PROFILING_ENABLED_BY_DEFAULT")
    if value.hasPrefix("never") || (value.isEmpty && byDefault.isOff) || memoryProfiling == nil {
      return [boot]
    }
    return byDefault.isUnknown && value.isEmpty ? [command, boot] : [command]
  }

  var pageOwnerAbility: Ability {
    let option = option("PAGE_OWNER")
    let on = Remedy.boot(.add(.pageOwner))
    var ability = Ability(.pageOwner, .unknown, evidence: [option.evidence])
    let file = state(of: pageOwner, path: "/sys/kernel/debug/page_owner")
    if let file, file.state == .yes {
      ability.state = .yes
      ability.evidence = [file.evidence]
    } else if option.isOff {
      ability.state = .no
      ability.gap = [rebuild(.pageOwner)]
    } else if let given = parameter("page_owner"), isGiven("page_owner", "on") {
      ability.state = file?.state == .denied || isRoot == false ? .denied : .yes
      ability.evidence.append(.value(path: "/proc/cmdline", given))
      if ability.state == .denied { ability.gap = asRoot }
    } else if option.isOn, commandLine != nil {
      ability.state = .off
      ability.evidence.append(.notGiven(.pageOwner))
      ability.gap = [on]
    } else {
      ability.gap = [on]
    }
    return ability
  }

  var pressureAbility: Ability {
    let option = option("PSI")
    let on = Remedy.boot(.add(.pressure))
    var ability = Ability(.pressure, .unknown, evidence: [option.evidence])
    let file = state(of: pressure, path: "/proc/pressure/memory")
    if let file { ability.evidence.append(file.evidence) }
    if let file, file.state == .yes {
      ability.state = .yes
      ability.evidence = [file.evidence]
    } else if option.isOff {
      ability.state = .no
      ability.gap = [rebuild(.pressure)]
    } else if option.isOn || pressure?.isSwitchedOff == true {
      // The file is missing although PSI is built in, or opens and can't be read: that's how
      // `psi=0` looks.
      ability.state = file == nil ? .unknown : .off
      ability.gap = [on]
    } else if file?.state == .no {
      ability.state = .no
      ability.gap = [on, rebuild(.pressure)]
    }
    return ability
  }

  var memcg: Ability {
    let isOld =
      version.map { !$0.isAtLeast(3, 6) } ?? !option(Remedy.Option.oldMemcg.rawValue).isUnmentioned
    return ability(
      .memcg, isOld && !option(Remedy.Option.oldMemcg.rawValue).isUnknown ? .oldMemcg : .memcg)
  }
  var kallsyms: Ability { ability(.kallsyms, .kallsyms) }
  var kallsymsAll: Ability { ability(.kallsymsAll, .kallsymsAll) }
  var stacktrace: Ability { ability(.stacktrace, .stacktrace) }

  var debugInfo: Ability {
    var ability = ability(.debugInfo, .debugInfo)
    if ability.state == .yes {
      ability.detail = .outsideMemory
    } else if ability.state == .no, version?.isAtLeast(5, 18) ?? true {
      // Since 5.18 DEBUG_INFO can't be chosen itself: a DWARF version is, and it follows.
      ability.gap = [rebuild(.debugInfo, by: .byDwarfVersion)]
    }
    return ability
  }
}
