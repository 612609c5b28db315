import KmemParsers
import KmemSnapshot

/// Finds the state of kmemleak from what was seen, the strongest evidence first.
///
/// What the kernel shows of kmemleak itself (its file, thread, log lines) counts before the
/// configuration, and the configuration before what follows from things that are missing.
struct KmemleakDiagnosis {
  let facts: KernelFacts

  /// The first state that the facts show.
  func finding() -> KmemleakFinding {
    let steps: [() -> KmemleakFinding?] = [
      notBuilt, selfDisabled, offAtBoot, defaultOff, disabled, withoutDebugfs, lockedDown, denied,
      readable, absent, onlyBuilt,
    ]
    for step in steps {
      if let finding = step() { return finding }
    }
    return unknown()
  }

  var remedies: KmemleakRemedies { KmemleakRemedies(facts: facts) }
  var log: KmemleakLog? { facts.kernelLog }

  /// The signs that kmemleak is built in; empty if there are none.
  var signsOfKmemleak: [StatusEvidence] {
    var signs: [KmemleakEvidence] = []
    if let file = facts.kmemleak, file.isReadable { signs.append(.readable) }
    if facts.kmemleak?.isBusy == true { signs.append(.exists) }
    if facts.hasKmemleakThread == true { signs.append(.threadRuns) }
    if let line = log?.initialized { signs.append(.log(line)) }
    if facts.hasKmemleakModule == true { signs.append(.hasModule) }
    return signs.map(StatusEvidence.kmemleak)
  }

  /// Whether kmemleak is seen at work, so that nothing older can mean that it's off.
  var isSeenRunning: Bool { facts.hasKmemleakThread == true }
}

// MARK: Whether it is there

extension KmemleakDiagnosis {
  private func notBuilt() -> KmemleakFinding? {
    guard signsOfKmemleak.isEmpty, log?.disabled == nil, log?.reason == nil else { return nil }
    let option = facts.option("DEBUG_KMEMLEAK")
    if option.isOff {
      return KmemleakFinding(
        .notBuilt, .certain, evidence: [option.evidence] + architecture,
        remedies: remedies.build())
    }
    guard option.isUnknown, let sign = signOfAbsence else { return nil }
    return KmemleakFinding(
      .notBuilt, .inferred, evidence: configReasons + [.kmemleak(sign)], remedies: remedies.build())
  }

  /// A remark if the configuration looks like that of an architecture without kmemleak.
  private var architecture: [StatusEvidence] {
    let have = facts.option("HAVE_DEBUG_KMEMLEAK")
    guard facts.version?.isAtLeast(3, 9) ?? false, have.isOff else { return [] }
    return [.kmemleak(.notOffered(have))]
  }

  /// What shows, without a configuration, that kmemleak isn't built in.
  private var signOfAbsence: KmemleakEvidence? {
    guard let version = facts.version else { return nil }
    guard version.isAtLeast(2, 6, 31) else { return .releaseTooOld(version.release) }
    guard facts.isLive else { return nil }
    if facts.kmemleak?.outcome == .absent, facts.isRoot == true, version.isAtLeast(4, 19),
      let mountPoint = facts.debugfsMountPoint, mountPoint != nil
    {
      return .absent(.file)
    }
    return facts.hasKmemleakModule == false && version.isAtLeast(4, 20) ? .absent(.module) : nil
  }

  /// Why the configuration isn't known; empty where it is known, or where no reason is.
  var configReasons: [StatusEvidence] {
    guard case .missing(let reasons) = facts.config else { return [] }
    return reasons.map(StatusEvidence.noConfiguration)
  }

  private func onlyBuilt() -> KmemleakFinding? {
    let option = facts.option("DEBUG_KMEMLEAK")
    let signs = signsOfKmemleak + (option.isOn ? [option.evidence] : [])
    guard !signs.isEmpty else { return nil }
    return KmemleakFinding(
      .built, .inferred,
      evidence: signs + [.kmemleak(.fileNotRead)], remedies: remedies.look())
  }

  private func unknown() -> KmemleakFinding {
    KmemleakFinding(
      .unknown, .unknown, evidence: [.kmemleak(.nothingShows)] + facts.configAbsences,
      remedies: remedies.findConfig())
  }
}
