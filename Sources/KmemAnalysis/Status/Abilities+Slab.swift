import KmemParsers

/// The abilities of the slab allocator.
extension KernelFacts {
  /// The slab allocator, as far as the configuration or sysfs tells it.
  private var allocator: String? {
    for name in ["SLUB", "SLAB", "SLOB"] where option(name).isOn { return name }
    return hasSlabDirectory == true ? "SLUB" : nil
  }

  var slabinfoAbility: Ability {
    var ability = Ability(
      .slabinfo, "slabinfo", gives: "memory of each slab cache", .unknown,
      detail: allocator ?? "")
    if let (state, evidence) = state(of: slabinfo, path: "/proc/slabinfo") {
      ability.state = state
      ability.evidence = [evidence]
    } else {
      ability.evidence = ["/proc/slabinfo wasn't read"]
    }
    if allocator == "SLOB" { ability.evidence.append("SLOB doesn't count its caches") }
    switch ability.state {
    case .denied: ability.gap = asRoot
    case .no: ability.gap = [slubDebugRemedy]
    case .yes, .off, .unknown: break
    }
    return ability
  }

  var slabTraces: Ability {
    var ability = Ability(
      .slabTraces, "SLUB_DEBUG", gives: "who allocated each cache's objects", .unknown)
    let option = option("SLUB_DEBUG")
    ability.evidence = [option.evidence]
    guard !option.isOff else {
      ability.state = .no
      ability.gap = [slubDebugRemedy]
      return ability
    }
    guard let commandLine else {
      ability.evidence.append("the command line isn't known")
      ability.gap = [traceRemedy]
      return ability
    }
    return slabTraces(ability, SlabDebug(commandLine))
  }

  /// SLUB_DEBUG, and before 6.8 the allocator that offers it.
  private var slubDebugRemedy: Remedy {
    var remedy = rebuild("SLUB_DEBUG", cost: "some KiB of code")
    guard let allocator, allocator != "SLUB" else { return remedy }
    remedy.text =
      "Build the kernel with CONFIG_SLUB=y in place of \(allocator), and CONFIG_SLUB_DEBUG=y"
    remedy.command = "scripts/config --disable \(allocator) --enable SLUB --enable SLUB_DEBUG"
    return remedy
  }

  private func slabTraces(_ ability: Ability, _ given: SlabDebug?) -> Ability {
    var ability = ability
    if let given { ability.evidence.append("/proc/cmdline: \(given.text)") }
    switch given?.traced {
    case .all: ability.state = .yes
    case .only(let caches):
      ability.state = .yes
      ability.detail = "only for \(caches.joined(separator: ", "))"
    case nil:
      let always = option("SLUB_DEBUG_ON")
      if given == nil, always.isOn {
        ability.state = .yes
        ability.evidence.append(always.evidence)
      } else {
        ability.state = option("SLUB_DEBUG").isOn ? .off : .unknown
        ability.detail = "not recorded"
        ability.gap = [traceRemedy]
      }
    }
    if ability.state == .yes, isRoot == false {
      ability.state = .denied
      ability.gap = asRoot
    }
    return ability
  }

  private var traceRemedy: Remedy {
    boot(
      BootParameters.slabTraces(in: version),
      cost: "two more words and a stack for each object, and slower allocation; a list of caches"
        + " after it keeps that small (\(BootParameters.slabTraces(in: version)),kmalloc-64)")
  }

  /// Whether each cache shows under its own name, which merging of caches prevents.
  var slabNames: Ability {
    var ability = Ability(
      .slabNames, "SLAB_MERGE_DEFAULT", gives: "a name of its own for each slab cache", .unknown)
    let separate = boot(
      BootParameters.noMerge(in: version), cost: "a few MiB, as caches no longer share pages")
    if let merged = mergedCacheNames, merged > 0 {
      ability.state = .off
      ability.detail = "\(merged) names share their cache with others"
      ability.evidence = ["/sys/kernel/slab: \(merged) names are links to shared caches"]
      ability.gap = [separate]
      return ability
    }
    if let parameter = parameter("slab_nomerge") ?? parameter("slub_nomerge") {
      ability.state = .yes
      ability.evidence = ["/proc/cmdline: \(parameter)"]
    } else if mergedCacheNames == 0 {
      ability.state = .yes
      ability.evidence = ["/sys/kernel/slab: no name is a link to a shared cache"]
    } else {
      ability = slabNames(ability, separate)
    }
    return ability
  }

  /// The answer by what the kernel was built with.
  private func slabNames(_ ability: Ability, _ separate: Remedy) -> Ability {
    var ability = ability
    let option = option("SLAB_MERGE_DEFAULT")
    ability.evidence = [option.evidence]
    if option.answer == .unknown || commandLine == nil {
      ability.gap = [separate]
    } else if allocator == "SLAB", version.map({ !$0.isAtLeast(3, 18) }) ?? false {
      ability.state = .yes
      ability.detail = "SLAB merges nothing before 3.18"
    } else if option.isOn || version.map({ !$0.isAtLeast(4, 13) }) ?? false {
      ability.state = .off
      ability.detail = "caches of one size are merged"
      ability.gap = [separate]
    } else if let parameter = parameter("slab_merge") ?? parameter("slub_merge") {
      ability.state = .off
      ability.evidence.append("/proc/cmdline: \(parameter)")
      ability.gap = [separate]
    } else {
      ability.state = .yes
    }
    return ability
  }
}
