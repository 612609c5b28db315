import KmemSnapshot

/// One thing a kernel can be asked about its memory: whether it answers, and how to make it.
package struct Ability: Hashable, Sendable {
  /// The name for programs, such as `page-owner`.
  package var id: Identifier
  /// The name for people: the option without `CONFIG_`, or the file.
  package var name: String
  /// What it gives, in a few words.
  package var gives: String
  package var state: State
  /// What is to add to the state, in a few words; empty if nothing is.
  package var detail: String
  /// What was seen, with the file it comes from.
  package var evidence: [String]
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
    _ id: Identifier, _ name: String, gives: String, _ state: State, detail: String = "",
    evidence: [String] = [], gap: [Remedy] = []
  ) {
    self.id = id
    self.name = name
    self.gives = gives
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
  func state(of fact: FileFact?, path: String) -> (state: Ability.State, evidence: String)? {
    guard let fact else { return nil }
    let reason = fact.reason.map { ": \($0)" } ?? ""
    switch fact.outcome {
    case .read, .truncated: return (.yes, "\(path) can be read")
    case .timedOut: return (.yes, "\(path) is there, and took too long to read")
    case .denied: return (.denied, "\(path)\(reason.isEmpty ? ": denied" : reason)")
    case .absent: return isLive ? (.no, "\(path) doesn't exist") : nil
    case .failed: return (.unknown, "\(path) can't be read\(reason)")
    case .skipped: return nil
    }
  }

  /// The remedy that the reader be root.
  var asRoot: [Remedy] {
    guard isRoot == true else { return KmemleakRemedies(facts: self).becomeRoot() }
    return KmemleakRemedies(facts: self).leaveContainer()
  }

  /// An ability that an option alone decides.
  func ability(
    _ id: Ability.Identifier, _ option: String, gives: String, cost: String
  ) -> Ability {
    let finding = self.option(option)
    var ability = Ability(id, option, gives: gives, .unknown, evidence: [finding.evidence])
    switch finding.answer {
    case .yes, .module: ability.state = .yes
    case .no:
      ability.state = .no
      ability.gap = [rebuild(option, cost: cost)]
    case .unknown: ability.gap = KmemleakRemedies(facts: self).findConfig()
    }
    return ability
  }
}
