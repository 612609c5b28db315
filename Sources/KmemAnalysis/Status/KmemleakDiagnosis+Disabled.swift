/// The states in which kmemleak is built in and off until the next boot.
extension KmemleakDiagnosis {
  func selfDisabled() -> KmemleakFinding? {
    guard !isSeenRunning, let (reason, line) = log?.reason else { return nil }
    let evidence = [StatusEvidence.kmemleak(.log(line))]
    return switch reason {
    case .poolEmpty:
      KmemleakFinding(
        .poolExhausted, .certain, evidence: evidence + size(.memoryPool),
        remedies: remedies.enlargePool())
    case .earlyLog:
      KmemleakFinding(
        .earlyLogExceeded, .certain, evidence: evidence + size(.earlyLog),
        remedies: remedies.enlargeEarlyLog())
    case .overlap:
      KmemleakFinding(.overlap, .certain, evidence: evidence, remedies: remedies.reboot())
    case .noMemory:
      KmemleakFinding(
        .outOfMemory, .certain, evidence: evidence, remedies: remedies.afterOutOfMemory())
    }
  }

  private func size(_ option: Remedy.SizeOption) -> [StatusEvidence] {
    let option = facts.option(option.rawValue)
    return option.value == nil ? [] : [option.evidence]
  }

  func offAtBoot() -> KmemleakFinding? {
    // One `off` is enough: disabling can't be undone, also not by a later `kmemleak=on`.
    guard !hasStarted, facts.isGiven("kmemleak", "off") else { return nil }
    return KmemleakFinding(
      .offAtBoot, .certain, evidence: [.value(path: "/proc/cmdline", "kmemleak=off")],
      remedies: remedies.removeOff())
  }

  func defaultOff() -> KmemleakFinding? {
    let option = facts.option("DEBUG_KMEMLEAK_DEFAULT_OFF")
    guard !hasStarted, option.isOn, !facts.isGiven("kmemleak", "on") else { return nil }
    guard facts.commandLine != nil else {
      return KmemleakFinding(
        .defaultOff, .inferred,
        evidence: [option.evidence, .kmemleak(.commandLineUnknown)],
        remedies: remedies.switchOn())
    }
    return KmemleakFinding(
      .defaultOff, .certain,
      evidence: [option.evidence, .notGiven(.kmemleak)],
      remedies: remedies.switchOn())
  }

  /// Whether kmemleak is known to have got through booting.
  private var hasStarted: Bool { isSeenRunning || log?.initialized != nil }

  func disabled() -> KmemleakFinding? {
    guard !isSeenRunning else { return nil }
    if let line = log?.disabled { return disabled(by: line) }
    guard facts.kmemleak?.isBusy == true else { return nil }
    return KmemleakFinding(
      .disabled, .certain, evidence: [.kmemleak(.busy(facts.kmemleak?.reason))],
      remedies: remedies.reboot())
  }

  private func disabled(by line: String) -> KmemleakFinding {
    guard let initialized = log?.initialized else {
      return KmemleakFinding(
        .disabled, .certain,
        evidence: [.kmemleak(.log(line)), .kmemleak(.logHoldsNoReason)],
        remedies: remedies.reboot())
    }
    return KmemleakFinding(
      .turnedOff, .inferred,
      evidence: [
        .kmemleak(.log(initialized)), .kmemleak(.log(line)), .kmemleak(.writtenOff),
      ], remedies: remedies.reboot())
  }
}
