import KmemParsers

/// What a kernel can tell about its memory, and what to do about what it can't tell.
package struct KernelStatus: Hashable, Sendable {
  /// The release of the kernel; nothing if it isn't known.
  package let release: String?
  /// Whether the facts are of the kernel that runs here and now.
  package let isLive: Bool
  /// The state of kmemleak, and how to get it to work.
  package let kmemleak: KmemleakFinding
  /// All abilities, in the order in which a reader wants them.
  package let abilities: [Ability]
  /// What is odd about the facts.
  package let remarks: [StatusRemark]
  /// The cheapest step that gets further: towards kmemleak, or without it where kmemleak takes
  /// another kernel.
  package let next: Remedy?
  /// Whether nothing at all could be found out.
  package let isUnknown: Bool

  /// Judges a kernel by what was seen of it.
  package init(_ facts: KernelFacts) {
    var finding = KmemleakDiagnosis(facts: facts).finding()
    if facts.isConfigurationAlone { finding.remedies.removeAll(where: \.isOfLaterKernel) }
    let abilities = facts.abilities(kmemleak: finding)
    release = facts.release
    isLive = facts.isLive
    kmemleak = finding
    self.abilities = abilities
    remarks = facts.configRemarks
    next = facts.nextStep(finding)
    isUnknown =
      finding.state == .unknown && facts.release == nil
      && abilities.allSatisfy { $0.state == .unknown }
  }

  /// The ability of that name; nil if the status lacks it.
  package subscript(id: Ability.Identifier) -> Ability? { abilities.first { $0.id == id } }
}

/// What is odd about the facts that a status rests on.
package enum StatusRemark: Hashable, Sendable {
  /// The configuration says that it's of another version than the kernel's release; it is used anyway.
  case configOfOtherVersion(origin: String, version: String, release: String)
}

extension KernelFacts {
  fileprivate func nextStep(_ finding: KmemleakFinding) -> Remedy? {
    let cheapest = finding.remedies.min { $0.kind < $1.kind }
    guard let cheapest, cheapest.kind == .rebuild, isLive else { return cheapest }
    return .command(.compareSnapshots(needsSudo: isRoot != true))
  }

  /// A remark if the configuration says at its top that it's of another version.
  ///
  /// Only the first two numbers count: distributions name their releases in other ways than the sources.
  var configRemarks: [StatusRemark] {
    guard case .found(let config, let origin) = config, let text = config.release,
      let built = KernelVersion(release: text), let version,
      (built.major, built.minor) != (version.major, version.minor)
    else { return [] }
    return [.configOfOtherVersion(origin: origin, version: text, release: version.release)]
  }
}
