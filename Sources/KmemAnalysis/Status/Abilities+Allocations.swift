import KmemParsers

/// The abilities that tell who allocated memory other than slab objects.
extension KernelFacts {
  var vmallocinfoAbility: Ability {
    var ability = Ability(
      .vmallocinfo, "vmallocinfo", gives: "memory of each vmalloc caller", .unknown,
      evidence: ["/proc/vmallocinfo wasn't read"])
    if let (state, evidence) = state(of: vmallocinfo, path: "/proc/vmallocinfo") {
      ability.state = state
      ability.evidence = [evidence]
      if state == .denied { ability.gap = asRoot }
    }
    return ability
  }

  var allocinfoAbility: Ability {
    let option = option("MEM_ALLOC_PROFILING")
    var ability = Ability(
      .allocinfo, "MEM_ALLOC_PROFILING", gives: "memory of each line that allocates", .unknown,
      evidence: [option.evidence])
    if let level = memoryProfiling {
      ability.evidence.append("/proc/sys/vm/mem_profiling: \(level)")
    }
    let file = state(of: allocinfo, path: "/proc/allocinfo")
    if let file { ability.evidence.append(file.evidence) }
    if memoryProfiling == "0" {
      ability.state = .off
      ability.gap = switchProfilingOn
    } else if let file, file.state == .yes || file.state == .denied {
      ability.state = file.state
      if file.state == .denied { ability.gap = asRoot }
    } else if option.isOff || (option.answer == .unknown && file?.state == .no) {
      ability.state = .no
      ability.gap = [
        rebuild("MEM_ALLOC_PROFILING", cost: "some MiB and little time: meant for production")
      ]
    } else if option.isOn {
      ability.state = .off
      ability.gap = switchProfilingOn
    }
    return ability
  }

  /// By sysctl, or at boot where the kernel made the sysctl read-only.
  private var switchProfilingOn: [Remedy] {
    let boot = boot(
      "sysctl.vm.mem_profiling=1", cost: "some MiB and little time: meant for production")
    let command = Remedy(
      .command, "Switch profiling on; it counts what is allocated from then on",
      command: "sudo sysctl vm.mem_profiling=1", cost: "little time")
    let value = (commandLine?["sysctl.vm.mem_profiling"] ?? nil) ?? ""
    let byDefault = option("MEM_ALLOC_PROFILING_ENABLED_BY_DEFAULT")
    if value.hasPrefix("never") || (value.isEmpty && byDefault.isOff) || memoryProfiling == nil {
      return [boot]
    }
    return byDefault.answer == .unknown && value.isEmpty ? [command, boot] : [command]
  }

  var pageOwnerAbility: Ability {
    let option = option("PAGE_OWNER")
    let on = boot("page_owner=on", cost: "about 1 % of memory, and slower page allocation")
    var ability = Ability(
      .pageOwner, "PAGE_OWNER", gives: "who allocated each page", .unknown,
      evidence: [option.evidence])
    let file = state(of: pageOwner, path: "/sys/kernel/debug/page_owner")
    if let file, file.state == .yes {
      ability.state = .yes
      ability.evidence = [file.evidence]
    } else if option.isOff {
      ability.state = .no
      let cost = "nothing until it's booted with page_owner=on"
      ability.gap = [rebuild("PAGE_OWNER", cost: cost)]
    } else if let given = parameter("page_owner"), isGiven("page_owner", "on") {
      ability.state = file?.state == .denied || isRoot == false ? .denied : .yes
      ability.evidence.append("/proc/cmdline: \(given)")
      if ability.state == .denied { ability.gap = asRoot }
    } else if option.isOn, commandLine != nil {
      ability.state = .off
      ability.evidence.append("/proc/cmdline has no page_owner=on")
      ability.gap = [on]
    } else {
      ability.gap = [on]
    }
    return ability
  }

  var pressureAbility: Ability {
    let option = option("PSI")
    let on = boot("psi=1", cost: "next to nothing")
    var ability = Ability(
      .pressure, "PSI", gives: "time lost to waiting for memory", .unknown,
      evidence: [option.evidence])
    let file = state(of: pressure, path: "/proc/pressure/memory")
    if let file { ability.evidence.append(file.evidence) }
    if let file, file.state == .yes {
      ability.state = .yes
      ability.evidence = [file.evidence]
    } else if option.isOff {
      ability.state = .no
      ability.gap = [rebuild("PSI", cost: "next to nothing")]
    } else if option.isOn || pressure?.isSwitchedOff == true {
      // Not there although it's built in, or opened and not read: that's how `psi=0` looks.
      ability.state = file == nil ? .unknown : .off
      ability.gap = [on]
    } else if file?.state == .no {
      ability.state = .no
      ability.gap = [on, rebuild("PSI", cost: "next to nothing")]
    }
    return ability
  }

  var memcg: Ability {
    ability(
      .memcg, "MEMCG", gives: "memory of each service, the kernel's share included",
      cost: "a little memory for each page")
  }

  var kallsyms: Ability {
    ability(.kallsyms, "KALLSYMS", gives: "names of functions in stacks", cost: "about 2 MiB")
  }

  var kallsymsAll: Ability {
    ability(.kallsymsAll, "KALLSYMS_ALL", gives: "names of data in stacks", cost: "about 1 MiB")
  }

  var stacktrace: Ability {
    ability(
      .stacktrace, "STACKTRACE", gives: "stacks of allocations", cost: "next to nothing")
  }

  var debugInfo: Ability {
    var ability = ability(
      .debugInfo, "DEBUG_INFO", gives: "file and line of each frame",
      cost: "gigabytes of disk for the build")
    if ability.state == .yes {
      ability.detail = "in the build's vmlinux or a debug package, not in memory"
    } else if ability.state == .no, version?.isAtLeast(5, 18) ?? true {
      // Since 5.18 DEBUG_INFO can't be chosen itself: a DWARF version is, and it follows.
      let chosen = "DEBUG_INFO_DWARF_TOOLCHAIN_DEFAULT"
      ability.gap = ability.gap.map { remedy in
        var remedy = remedy
        remedy.text = "Build the kernel with CONFIG_\(chosen)=y"
        remedy.command = "scripts/config --disable DEBUG_INFO_NONE --enable \(chosen)"
        return remedy
      }
    }
    return ability
  }
}
