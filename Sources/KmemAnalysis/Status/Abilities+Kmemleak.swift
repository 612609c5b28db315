import KmemParsers

extension KernelFacts {
  /// kmemleak itself, and the options that decide how it starts.
  func kmemleakAbilities(_ finding: KmemleakFinding) -> [Ability] {
    let main = Ability(
      .kmemleak, "DEBUG_KMEMLEAK", gives: "unreferenced objects and who allocated them",
      finding.abilityState, detail: finding.state.words, evidence: finding.evidence,
      gap: finding.state.isUsable ? [] : finding.remedies)
    guard option("DEBUG_KMEMLEAK").isOn else { return [main] }
    return [main, defaultAbility, autoScanAbility, poolAbility]
  }

  private var defaultAbility: Ability {
    let option = option("DEBUG_KMEMLEAK_DEFAULT_OFF")
    var ability = Ability(
      .kmemleakDefault, "DEBUG_KMEMLEAK_DEFAULT_OFF", gives: "kmemleak from the start of the boot",
      option.isOn ? .off : .yes, detail: option.isOn ? "off without kmemleak=on" : "on by default",
      evidence: [option.evidence])
    if option.isOn, isGiven("kmemleak", "on") {
      ability.state = .yes
      ability.evidence.append("/proc/cmdline: kmemleak=on")
    } else if option.isOn {
      ability.gap = KmemleakRemedies(facts: self).switchOn()
    }
    return ability
  }

  private var autoScanAbility: Ability {
    let option = option("DEBUG_KMEMLEAK_AUTO_SCAN")
    var ability = Ability(
      .kmemleakAutoScan, "DEBUG_KMEMLEAK_AUTO_SCAN", gives: "a scan every 10 minutes, unasked",
      .yes, evidence: [option.evidence])
    if option.isOff, version?.isAtLeast(5, 0) ?? true {
      ability.state = .off
      ability.detail = "only scans that are asked for"
      ability.gap = [
        Remedy(
          .command, "Start the scanner",
          command: "sudo kmemcheck kmemleak scan=on",
          cost: "seconds of one processor every 10 minutes")
      ]
    } else if option.isOff {
      ability.detail = "always, in kernels before 5.0"
      ability.evidence = []
    }
    return ability
  }

  /// The room for what is allocated before kmemleak can allocate itself.
  private var poolAbility: Ability {
    let pool = option("DEBUG_KMEMLEAK_MEM_POOL_SIZE")
    let early = option("DEBUG_KMEMLEAK_EARLY_LOG_SIZE")
    let isOld = early.value != nil && pool.value == nil
    let size = isOld ? early : pool
    return Ability(
      .kmemleakPool,
      isOld ? "DEBUG_KMEMLEAK_EARLY_LOG_SIZE" : "DEBUG_KMEMLEAK_MEM_POOL_SIZE",
      gives: "room for what is allocated early", size.value == nil ? .unknown : .yes,
      detail: size.value.map { "\($0) objects" } ?? "", evidence: [size.evidence])
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

extension KmemleakState {
  /// The state in a few words.
  package var words: String {
    switch self {
    case .notBuilt: "not built in"
    case .unknown: "unknown whether it's built in"
    case .built: "built in; whether it runs is unknown"
    case .defaultOff: "off by default, and not switched on at boot"
    case .offAtBoot: "switched off at boot by kmemleak=off"
    case .ready: "ready; a scan proves that it's alive"
    case .running: "running"
    case .lockedDown: "closed by lockdown"
    case .debugfsNotBuilt: "unreachable: no debugfs in this kernel"
    case .debugfsOff: "unreachable: debugfs is kept away at boot"
    case .debugfsNotMounted: "unreachable: debugfs isn't mounted"
    case .denied: "not for this reader"
    case .poolExhausted: "disabled itself: its memory pool ran empty"
    case .earlyLogExceeded: "disabled itself: its early log overflowed"
    case .outOfMemory: "disabled itself: no memory for its own objects"
    case .overlap: "disabled itself: tracked objects overlap"
    case .turnedOff: "switched off at run time"
    case .disabled: "disabled, for an unknown reason"
    }
  }
}
