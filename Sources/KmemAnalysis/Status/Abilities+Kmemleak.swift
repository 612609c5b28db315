extension KernelFacts {
  /// kmemleak itself, and the options that decide how it starts.
  func kmemleakAbilities(_ finding: KmemleakFinding) -> [Ability] {
    let main = Ability(
      .kmemleak, finding.abilityState, detail: .kmemleak(finding.state), evidence: finding.evidence,
      gap: finding.state.isUsable ? [] : finding.remedies)
    guard option("DEBUG_KMEMLEAK").isOn else { return [main] }
    return [main, defaultAbility, autoScanAbility, poolAbility]
  }

  private var defaultAbility: Ability {
    let option = option("DEBUG_KMEMLEAK_DEFAULT_OFF")
    var ability = Ability(
      .kmemleakDefault, option.isOn ? .off : .yes, detail: .kmemleakByDefault(!option.isOn),
      evidence: [option.evidence])
    if option.isOn, isGiven("kmemleak", "on") {
      ability.state = .yes
      ability.evidence.append(.value(path: "/proc/cmdline", "kmemleak=on"))
    } else if option.isOn {
      ability.gap = KmemleakRemedies(facts: self).switchOn()
    }
    return ability
  }

  private var autoScanAbility: Ability {
    let option = option("DEBUG_KMEMLEAK_AUTO_SCAN")
    var ability = Ability(.kmemleakAutoScan, .yes, evidence: [option.evidence])
    if option.isOff, version?.isAtLeast(5, 0) ?? true {
      ability.state = .off
      ability.detail = .scansOnRequest
      ability.gap = [.command(.startScanner)]
    } else if option.isOff {
      ability.detail = .alwaysScans
      ability.evidence = []
    }
    return ability
  }

  /// Whether kmemleak has room to note what is allocated before it can allocate itself.
  private var poolAbility: Ability {
    func finding(_ option: Remedy.SizeOption) -> OptionFinding { self.option(option.rawValue) }
    let isOld = finding(.earlyLog).value != nil && finding(.memoryPool).value == nil
    let option: Remedy.SizeOption = isOld ? .earlyLog : .memoryPool
    let size = finding(option)
    return Ability(
      .kmemleakPool, size.value == nil ? .unknown : .yes,
      detail: .room(option, objects: size.value), evidence: [size.evidence])
  }
}

extension KmemleakFinding {
  /// The state in the coarse words that all abilities share.
  var abilityState: Ability.State {
    switch state {
    case .ready, .running: .yes
    case .notBuilt, .debugfsNotBuilt: .no
    case .denied, .lockedDown: .denied
    case .unknown, .built: .unknown
    default: .off
    }
  }
}
