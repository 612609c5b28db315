import KmemParsers
import KmemSnapshot

/// The states in which access to kmemleak's file is what decides.
extension KmemleakDiagnosis {
  private var isRead: Bool { facts.kmemleak?.isReadable ?? false }

  /// The signs that kmemleak is built in, for states that hide its file.
  private var builtIn: [StatusEvidence] {
    let option = facts.option("DEBUG_KMEMLEAK")
    if option.isOn { return [option.evidence] }
    return signsOfKmemleak.isEmpty ? configReasons : signsOfKmemleak
  }

  func withoutDebugfs() -> KmemleakFinding? {
    guard !isRead else { return nil }
    let option = facts.option("DEBUG_FS")
    if option.isOff {
      return KmemleakFinding(
        .debugfsNotBuilt, .certain, evidence: builtIn + [option.evidence],
        remedies: remedies.buildDebugfs())
    }
    if let off = debugfsOff { return off }
    guard let mountPoint = facts.debugfsMountPoint, mountPoint == nil else { return nil }
    if let types = facts.filesystems, !types.contains("debugfs") {
      return KmemleakFinding(
        .debugfsNotBuilt, .inferred,
        evidence: builtIn + [.debugfsNotListed],
        remedies: remedies.buildDebugfs())
    }
    return KmemleakFinding(
      .debugfsNotMounted, .certain, evidence: builtIn + [.debugfsNotMounted],
      remedies: remedies.mountDebugfs())
  }

  /// The finding where debugfs is kept away on purpose: `debugfs=` (since 5.9; `no-mount` up to
  /// 6.18) or its default.
  private var debugfsOff: KmemleakFinding? {
    let value = facts.commandLine?["debugfs"] ?? nil
    if let value, value == "off" || value == "no-mount" {
      return KmemleakFinding(
        .debugfsOff, .certain,
        evidence: builtIn + [.value(path: "/proc/cmdline", "debugfs=\(value)")],
        remedies: remedies.allowDebugfs(given: value))
    }
    guard value != "on" else { return nil }
    let defaults = ["DEBUG_FS_ALLOW_NONE", "DEBUG_FS_DISALLOW_MOUNT"].map(facts.option)
    guard let option = defaults.first(where: \.isOn) else { return nil }
    return KmemleakFinding(
      .debugfsOff, .certain, evidence: builtIn + [option.evidence],
      remedies: remedies.allowDebugfs(given: nil))
  }

  func lockedDown() -> KmemleakFinding? {
    guard !isRead, !isFileMissing else { return nil }
    if let lockdown = facts.lockdown, lockdown.closesDebugfs {
      let refused = facts.kmemleak?.isNotPermitted ?? false
      return KmemleakFinding(
        .lockedDown, refused ? .certain : .inferred,
        evidence: builtIn + [.kmemleak(.lockdown(lockdown))], remedies: remedies.unlock())
    }
    guard facts.lockdown == nil, facts.isRoot == true, facts.kmemleak?.isNotPermitted == true
    else { return nil }
    return KmemleakFinding(
      .lockedDown, .inferred,
      evidence: builtIn + [.kmemleak(.refused(facts.kmemleak?.reason, .lockdown))],
      remedies: remedies.unlock())
  }

  /// Whether the file is missing, and not only hidden from the reader.
  private var isFileMissing: Bool { facts.kmemleak?.outcome == .absent }

  func denied() -> KmemleakFinding? {
    guard let file = facts.kmemleak, file.outcome == .denied else { return nil }
    // The directory itself is closed, so the error doesn't even tell whether the file exists.
    let signs = signsOfKmemleak
    let option = facts.option("DEBUG_KMEMLEAK")
    let isBuilt = option.isOn || !signs.isEmpty
    func refused(_ refusal: KmemleakEvidence.Refusal) -> [StatusEvidence] {
      builtIn + [.kmemleak(.refused(file.reason, refusal))]
    }
    if facts.isRoot == true {
      return KmemleakFinding(
        .denied, isBuilt ? .certain : .inferred,
        evidence: refused(.container), remedies: remedies.leaveContainer())
    }
    return KmemleakFinding(
      .denied, isBuilt ? .certain : .unknown,
      evidence: refused(isBuilt ? .notRoot : .notRootAndUndecided),
      remedies: remedies.becomeRoot())
  }

  func readable() -> KmemleakFinding? {
    guard isRead else { return nil }
    guard !isSeenRunning else { return usable(.running, .certain, [.readable, .threadRuns]) }
    var evidence: [KmemleakEvidence] = [.readable]
    if facts.kmemleak?.isEmpty == false { evidence.append(.listsObjects) }
    if facts.hasKmemleakThread == nil, let line = log?.scannerStarted {
      return usable(.running, .inferred, evidence + [.threadStarted(line)])
    }
    if let line = log?.initialized { evidence.append(.log(line)) }
    let option = facts.option("DEBUG_KMEMLEAK")
    if option.isOff { evidence.append(.contradicted(option)) }
    return usable(.ready, .inferred, evidence + [.notSeenDisabled])
  }

  private func usable(
    _ state: KmemleakState, _ certainty: Certainty, _ evidence: [KmemleakEvidence]
  ) -> KmemleakFinding {
    KmemleakFinding(
      state, certainty, evidence: evidence.map(StatusEvidence.kmemleak), remedies: remedies.scan())
  }

  /// The file isn't there although debugfs is: up to 4.18 that's what a disabled kmemleak looks like.
  func absent() -> KmemleakFinding? {
    guard isFileMissing, facts.isLive, facts.isRoot == true else { return nil }
    let option = facts.option("DEBUG_KMEMLEAK")
    let isBuilt = option.isOn || !signsOfKmemleak.isEmpty
    guard let version = facts.version else { return nil }
    if version.isAtLeast(4, 19) {
      guard isBuilt else { return nil }
      return undecided(.fileAgainstConfiguration)
    }
    guard isBuilt else { return undecided(.fileOfDisabledOrNotBuilt) }
    return KmemleakFinding(
      .disabled, .inferred, evidence: builtIn + [.kmemleak(.absent(.fileOfDisabled))],
      remedies: remedies.reboot())
  }

  private func undecided(_ absence: KmemleakEvidence.Absence) -> KmemleakFinding {
    KmemleakFinding(
      .unknown, .unknown, evidence: builtIn + [.kmemleak(.absent(absence))],
      remedies: remedies.findConfig())
  }
}
