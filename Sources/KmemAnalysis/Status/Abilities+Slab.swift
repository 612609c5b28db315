import KmemParsers

/// The abilities of the slab allocator.
extension KernelFacts {
  /// The slab allocator, as far as the configuration or sysfs tells it.
  private var allocator: String? {
    for name in ["SLUB", "SLAB", "SLOB"] where option(name).isOn { return name }
    return hasSlabDirectory == true ? "SLUB" : nil
  }

  var slabinfoAbility: Ability {
    var ability = Ability(.slabinfo, .unknown, detail: allocator.map(AbilityDetail.allocator))
    if let (state, evidence) = state(of: slabinfo, path: Slabinfo.file.absolutePath) {
      ability.state = state
      ability.evidence = [evidence]
    } else {
      ability.evidence = [.notRead(path: Slabinfo.file.absolutePath)]
    }
    if allocator == "SLOB" { ability.evidence.append(.slobCountsNoCaches) }
    switch ability.state {
    case .denied: ability.gap = asRoot
    case .no: ability.gap = [slubDebugRemedy]
    case .yes, .off, .unknown: break
    }
    return ability
  }

  var slabTraces: Ability {
    let option = option("SLUB_DEBUG")
    var ability = Ability(.slabTraces, .unknown, evidence: [option.evidence])
    guard !option.isOff else {
      ability.state = .no
      ability.gap = [slubDebugRemedy]
      return ability
    }
    guard let commandLine else {
      ability.evidence.append(.commandLineUnknown)
      ability.gap = [traceRemedy]
      return ability
    }
    return slabTraces(ability, SlabDebug(commandLine))
  }

  /// The remedy to build SLUB_DEBUG in, and before 6.8 the allocator that offers it.
  private var slubDebugRemedy: Remedy {
    guard let allocator, allocator != "SLUB" else { return rebuild(.slabDebug) }
    return rebuild(.slabDebug, by: .inPlaceOf(allocator: allocator))
  }

  private func slabTraces(_ ability: Ability, _ given: SlabDebug?) -> Ability {
    var ability = ability
    if let given { ability.evidence.append(.value(path: "/proc/cmdline", given.text)) }
    switch given?.traced {
    case .all: ability.state = .yes
    case .only(let caches):
      ability.state = .yes
      ability.detail = .tracedOnly(caches)
    case nil:
      let always = option("SLUB_DEBUG_ON")
      if given == nil, always.isOn {
        ability.state = .yes
        ability.evidence.append(always.evidence)
      } else {
        ability.state = option("SLUB_DEBUG").isOn ? .off : .unknown
        ability.detail = .notTraced
        ability.gap = [traceRemedy]
      }
    }
    if ability.state == .yes, isRoot == false {
      ability.state = .denied
      ability.gap = asRoot
    }
    return ability
  }

  private var traceRemedy: Remedy { .boot(.add(.slabTraces(in: version))) }

  /// Whether each cache shows under its own name, which merging of caches prevents.
  var slabNames: Ability {
    var ability = Ability(.slabNames, .unknown)
    let separate = Remedy.boot(.add(.noMerge(in: version)))
    if let merged = mergedCacheNames, merged > 0 {
      ability.state = .off
      ability.detail = .sharedNames(merged)
      ability.evidence = [.mergedNames(merged)]
      ability.gap = [separate]
      return ability
    }
    if let parameter = parameter("slab_nomerge") ?? parameter("slub_nomerge") {
      ability.state = .yes
      ability.evidence = [.value(path: "/proc/cmdline", parameter)]
    } else if mergedCacheNames == 0 {
      ability.state = .yes
      ability.evidence = [.mergedNames(0)]
    } else {
      ability = slabNames(ability, separate)
    }
    return ability
  }

  /// The answer that follows from what the kernel was built with.
  private func slabNames(_ ability: Ability, _ separate: Remedy) -> Ability {
    var ability = ability
    let option = option("SLAB_MERGE_DEFAULT")
    ability.evidence = [option.evidence]
    if allocator == "SLAB", version.map({ !$0.isAtLeast(3, 18) }) ?? false {
      ability.state = .yes
      ability.detail = .beforeMerging
    } else if option.isUnknown || commandLine == nil {
      ability.gap = [separate]
    } else if option.isOn || version.map({ !$0.isAtLeast(4, 13) }) ?? false {
      ability.state = .off
      ability.detail = .merging
      ability.gap = [separate]
    } else if let parameter = parameter("slab_merge") ?? parameter("slub_merge") {
      ability.state = .off
      ability.evidence.append(.value(path: "/proc/cmdline", parameter))
      ability.gap = [separate]
    } else {
      ability.state = .yes
    }
    return ability
  }
}
