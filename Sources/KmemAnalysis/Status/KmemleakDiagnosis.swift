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

  static let path = "/sys/kernel/debug/kmemleak"

  /// What shows that kmemleak is built in, as sentences; empty if nothing does.
  var signsOfKmemleak: [String] {
    var signs: [String] = []
    if let file = facts.kmemleak, file.isReadable { signs.append("\(Self.path) can be read") }
    if facts.kmemleak?.isBusy == true { signs.append("\(Self.path) exists") }
    if facts.hasKmemleakThread == true { signs.append("the kernel thread kmemleak runs") }
    if let line = log?.initialized { signs.append(Self.quoted(line)) }
    if facts.hasKmemleakModule == true { signs.append("/sys/module/kmemleak exists") }
    return signs
  }

  /// A line of the kernel log as evidence.
  static func quoted(_ line: String) -> String { "kernel log: \(line)" }

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
    guard option.answer == .unknown, let sign = signOfAbsence else { return nil }
    return KmemleakFinding(
      .notBuilt, .inferred, evidence: configReasons + [sign], remedies: remedies.build())
  }

  /// A remark if the configuration looks like that of an architecture without kmemleak.
  private var architecture: [String] {
    let have = facts.option("HAVE_DEBUG_KMEMLEAK")
    guard facts.version?.isAtLeast(3, 9) ?? false, have.isOff else { return [] }
    return ["\(have.evidence), so this architecture may not offer kmemleak"]
  }

  /// What shows without a configuration that kmemleak isn't built in.
  private var signOfAbsence: String? {
    guard let version = facts.version else { return nil }
    guard version.isAtLeast(2, 6, 31) else {
      return "kmemleak came with Linux 2.6.31, and this is \(version.release)"
    }
    guard facts.isLive else { return nil }
    if facts.kmemleak?.outcome == .absent, facts.isRoot == true, version.isAtLeast(4, 19),
      let mountPoint = facts.debugfsMountPoint, mountPoint != nil
    {
      return
        "\(Self.path) doesn't exist, which kernels since 4.19 always have if kmemleak is built in"
    }
    if facts.hasKmemleakModule == false, version.isAtLeast(4, 20) {
      return
        "/sys/module/kmemleak doesn't exist, which kernels since 4.20 have if kmemleak is built in"
    }
    return nil
  }

  /// Why the configuration isn't known.
  var configReasons: [String] {
    guard case .missing(let reasons) = facts.config else { return [] }
    return reasons
  }

  private func onlyBuilt() -> KmemleakFinding? {
    let option = facts.option("DEBUG_KMEMLEAK")
    let signs = signsOfKmemleak + (option.isOn ? [option.evidence] : [])
    guard !signs.isEmpty else { return nil }
    return KmemleakFinding(
      .built, .inferred,
      evidence: signs + ["nothing here tells whether it runs, as \(Self.path) wasn't read"],
      remedies: remedies.look())
  }

  private func unknown() -> KmemleakFinding {
    let reasons =
      configReasons.isEmpty ? ["no configuration of this kernel was found"] : configReasons
    return KmemleakFinding(
      .unknown, .unknown,
      evidence: ["nothing that was read shows whether kmemleak is built in"] + reasons,
      remedies: remedies.findConfig())
  }
}
