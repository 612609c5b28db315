import KmemSnapshot

/// One thing that a kernel can be asked about its memory: whether it answers, and how to make it
/// answer.
package struct Ability: Hashable, Sendable {
  /// The name for programs, such as `page-owner`.
  package var id: Identifier
  /// Whether the kernel answers.
  package var state: State
  /// What there is to say beside the state; nil if there is nothing.
  package var detail: AbilityDetail?
  /// The facts from which the state follows.
  package var evidence: [StatusEvidence]
  /// What the user can do where the ability is missing, the cheapest remedy first.
  package var gap: [Remedy]

  /// The names of all abilities; the raw values are part of the JSON output.
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
    case tracing
    case pressure, memcg, kallsyms
    case kallsymsAll = "kallsyms-all"
    case stacktrace
    case debugInfo = "debug-info"
    case pointers
  }

  /// Whether a kernel answers a question; the raw values are part of the JSON output.
  package enum State: String, Hashable, Sendable {
    case yes
    /// Built in, and not switched on.
    case off
    case no
    /// The ability is there, and this reader may not use it.
    case denied
    case unknown
  }

  /// Makes an ability; without a gap nothing is left to do.
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
    let all =
      [configurationAbility, privileges] + kmemleakAbilities(kmemleak) + [debugfs, lockdownAbility]
      + [slabinfoAbility, slabTraces, slabNames, vmallocinfoAbility, allocinfoAbility]
      + [pageOwnerAbility, tracing, pressureAbility, memcg]
      + [kallsyms, kallsymsAll, stacktrace, debugInfo, pointers]
    return isConfigurationAlone ? all.map(ofThisRelease) : all
  }

  /// The ability with what this release has of remedies: its reader builds this one.
  private func ofThisRelease(_ ability: Ability) -> Ability {
    var ability = ability
    for case .rebuild(.enable(_, .laterKernel(let first), by: _)) in ability.gap
    where ability.detail == nil { ability.detail = .laterRelease(first: first) }
    ability.gap = ability.gap.filter { !$0.isOfLaterKernel }
    return ability
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

  /// The remedy to run kmemcheck as root; none where the reader is root already.
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
