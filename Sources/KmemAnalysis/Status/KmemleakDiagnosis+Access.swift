import KmemParsers
import KmemSnapshot

/// The states in which it's the way to kmemleak's file that decides.
extension KmemleakDiagnosis {
  private var isRead: Bool { facts.kmemleak?.isReadable ?? false }

  /// The sentence that kmemleak is there, for states that hide its file.
  private var builtIn: [String] {
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
        evidence: builtIn + ["/proc/filesystems doesn't list debugfs"],
        remedies: remedies.buildDebugfs())
    }
    return KmemleakFinding(
      .debugfsNotMounted, .certain, evidence: builtIn + ["/proc/mounts has no debugfs"],
      remedies: remedies.mountDebugfs())
  }

  /// debugfs kept away on purpose: `debugfs=` (since 5.9; `no-mount` up to 6.18) or its default.
  private var debugfsOff: KmemleakFinding? {
    let value = facts.commandLine?["debugfs"] ?? nil
    if let value, value == "off" || value == "no-mount" {
      return KmemleakFinding(
        .debugfsOff, .certain, evidence: builtIn + ["/proc/cmdline: debugfs=\(value)"],
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
        evidence: builtIn + [
          "/sys/kernel/security/lockdown: \(lockdown.rawValue), which refuses this file to root too"
        ], remedies: remedies.unlock())
    }
    guard facts.lockdown == nil, facts.isRoot == true, facts.kmemleak?.isNotPermitted == true
    else { return nil }
    return KmemleakFinding(
      .lockedDown, .inferred,
      evidence: builtIn + [
        "\(Self.path): \(facts.kmemleak?.reason ?? "EPERM"), although the reader is root"
      ], remedies: remedies.unlock())
  }

  /// Whether the file was looked for by someone who would have seen it.
  private var isFileMissing: Bool { facts.kmemleak?.outcome == .absent }

  func denied() -> KmemleakFinding? {
    guard let file = facts.kmemleak, file.outcome == .denied else { return nil }
    // The directory itself is closed, so this doesn't even tell whether the file exists.
    let signs = signsOfKmemleak
    let option = facts.option("DEBUG_KMEMLEAK")
    let isBuilt = option.isOn || !signs.isEmpty
    let reason = "\(Self.path): \(file.reason ?? "permission denied")"
    if facts.isRoot == true {
      return KmemleakFinding(
        .denied, isBuilt ? .certain : .inferred,
        evidence: builtIn + [
          "\(reason), although the reader is root: a container or a security module"
        ],
        remedies: remedies.leaveContainer())
    }
    return KmemleakFinding(
      .denied, isBuilt ? .certain : .unknown,
      evidence: builtIn + [
        isBuilt ? reason : "\(reason); that doesn't tell whether kmemleak is built in"
      ], remedies: remedies.becomeRoot())
  }

  func readable() -> KmemleakFinding? {
    guard isRead else { return nil }
    var evidence = ["\(Self.path) can be read"]
    if isSeenRunning {
      evidence.append("the kernel thread kmemleak runs")
      return KmemleakFinding(.running, .certain, evidence: evidence, remedies: remedies.scan())
    }
    if facts.kmemleak?.isEmpty == false { evidence.append("it lists objects") }
    if facts.hasKmemleakThread == nil, let line = log?.scannerStarted {
      evidence.append("\(Self.quoted(line)), and no later line that it ended")
      return KmemleakFinding(.running, .inferred, evidence: evidence, remedies: remedies.scan())
    }
    if let line = log?.initialized { evidence.append(Self.quoted(line)) }
    let proof = "built in and not seen to be disabled; only a scan proves that it's alive"
    return KmemleakFinding(
      .ready, .inferred, evidence: evidence + contradiction + [proof], remedies: remedies.scan())
  }

  /// A remark if the configuration denies what the kernel shows.
  private var contradiction: [String] {
    let option = facts.option("DEBUG_KMEMLEAK")
    guard option.isOff else { return [] }
    return ["\(option.evidence), so this isn't the configuration of the running kernel"]
  }

  /// The file isn't there although debugfs is: up to 4.18 that's what a disabled kmemleak looks like.
  func absent() -> KmemleakFinding? {
    guard isFileMissing, facts.isLive, facts.isRoot == true else { return nil }
    let option = facts.option("DEBUG_KMEMLEAK")
    let isBuilt = option.isOn || !signsOfKmemleak.isEmpty
    guard let version = facts.version else { return nil }
    if version.isAtLeast(4, 19) {
      guard isBuilt else { return nil }
      return KmemleakFinding(
        .unknown, .unknown,
        evidence: builtIn + [
          "\(Self.path) doesn't exist, which kernels since 4.19 always have if kmemleak is built in:"
            + " the two don't fit together"
        ], remedies: remedies.findConfig())
    }
    let reason = "\(Self.path) doesn't exist; up to 4.18 it is missing where kmemleak is disabled"
    guard isBuilt else {
      return KmemleakFinding(
        .unknown, .unknown, evidence: builtIn + ["\(reason), and where it isn't built in"],
        remedies: remedies.findConfig())
    }
    return KmemleakFinding(
      .disabled, .inferred, evidence: builtIn + [reason], remedies: remedies.reboot())
  }
}
