import KmemSnapshot

/// One thing a kernel can be asked about its memory: whether it answers, and how to make it.
package struct Ability: Hashable, Sendable {
  /// The name for programs, such as `page-owner`.
  package var id: Identifier
  package var state: State
  /// What is to add to the state; nothing if nothing is.
  package var detail: AbilityDetail?
  /// What was seen.
  package var evidence: [StatusEvidence]
  /// What to do where it's missing, the cheapest first.
  package var gap: [Remedy]

  package enum Identifier: String, Hashable, Sendable, CaseIterable {
    case configuration, privileges, kmemleak
    case kmemleakDefault = "kmemleak-default"
    case kmemleakAutoScan = "kmemleak-auto-scan"
    case kmemleakPool = "kmemleak-pool"
    case debugfs, lockdown, slabinfo
    case slabTraces = "slab-traces"
    case slabNames = "slab-names"
    case vmallocinfo, allocinfo
    case pageOwner = "page-owner"
    case pressure, memcg, kallsyms
    case kallsymsAll = "kallsyms-all"
    case stacktrace
    case debugInfo = "debug-info"
    case pointers
  }

  package enum State: String, Hashable, Sendable {
    case yes
    /// Built in, and not switched on.
    case off
    case no
    /// There, and not for this reader.
    case denied
    case unknown
  }

  package init(
    _ id: Identifier, _ state: State, detail: AbilityDetail? = nil,
    evidence: [StatusEvidence] = [], gap: [Remedy] = []
  ) {
    self.id = id
    self.state = state
    self.detail = detail
    self.evidence = evidence
    self.gap = gap
  }
}

extension KernelFacts {
  /// All abilities, in the order in which a reader wants them.
  func abilities(kmemleak: KmemleakFinding) -> [Ability] {
    [configurationAbility, privileges] + kmemleakAbilities(kmemleak) + [debugfs, lockdownAbility]
      + [slabinfoAbility, slabTraces, slabNames, vmallocinfoAbility, allocinfoAbility]
      + [pageOwnerAbility, pressureAbility, memcg]
      + [kallsyms, kallsymsAll, stacktrace, debugInfo, pointers]
  }

  /// What became of a file, as a state with its evidence; nothing where nobody looked for it.
  func state(of fact: FileFact?, path: String) -> (state: Ability.State, evidence: StatusEvidence)?
  {
    guard let fact, let state = state(of: fact) else { return nil }
    return (state, .file(path: path, fact))
  }

  private func state(of fact: FileFact) -> Ability.State? {
    switch fact.outcome {
    case .read, .truncated, .timedOut: .yes
    case .denied: .denied
    case .absent: isLive ? .no : nil
    case .failed: .unknown
    case .skipped: nil
    }
  }

  /// The remedy that the reader be root.
  var asRoot: [Remedy] {
    guard isRoot == true else { return KmemleakRemedies(facts: self).becomeRoot() }
    return KmemleakRemedies(facts: self).leaveContainer()
  }

  /// An ability that an option alone decides.
  func ability(_ id: Ability.Identifier, _ option: Remedy.Option) -> Ability {
    let finding = self.option(option.rawValue)
    var ability = Ability(id, .unknown, evidence: [finding.evidence])
    if finding.isOn {
      ability.state = .yes
    } else if finding.isOff {
      ability.state = .no
      ability.gap = [rebuild(option)]
    } else {
      ability.gap = KmemleakRemedies(facts: self).findConfig()
    }
    return ability
  }
}
