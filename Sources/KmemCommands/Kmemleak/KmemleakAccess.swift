import KmemAnalysis
import KmemControl
import KmemReport
import KmemSnapshot
import KmemSources
import SystemPackage

/// Whether kmemleak of this machine can be commanded, asked before anything is changed.
struct KmemleakAccess {
  /// The id of the boot, for notes that outlive the process.
  let boot: String

  /// - Throws: `Failure` with the state that kmemleak is in and its remedy, if it can't be used.
  init() throws(Failure) {
    let facts = try Self.facts()
    boot = facts.boot
    let status = KernelStatus(facts.kernel)
    let finding = status.kmemleak
    guard finding.state.isUsable else { throw Failure(finding) }
    guard LiveFacts.isRoot else {
      throw Failure(status: .notPermitted, KmemleakRefusal.needsRoot)
    }
  }

  /// Why kmemleak can't be used; nothing if it can.
  static func absence() throws(Failure) -> KmemleakAbsence? {
    let finding = KernelStatus(try facts().kernel).kmemleak
    guard finding.state.isUsable else { return .unusable(finding) }
    return LiveFacts.isRoot ? nil : .notRoot
  }

  /// The failure that a refused command means, now that kmemleak may be in another state.
  static func failure(_ command: KmemleakCommand, _ error: Errno) -> Failure {
    // The kernel itself never says so: the lock was another kmemcheck's all the time.
    if error == .wouldBlock {
      return Failure(
        status: .unavailable,
        KmemleakRefusal.busy(holder: ScannerLock.holder(), seconds: ScannerLock.patience))
    }
    if let facts = try? facts() {
      let finding = KernelStatus(facts.kernel).kmemleak
      if !finding.state.isUsable { return Failure(finding) }
    }
    return Failure(
      status: .unavailable, KmemleakRefusal.refused(command: command.text, error: "\(error)"))
  }

  private static func facts() throws(Failure) -> (kernel: KernelFacts, boot: String) {
    do {
      let capture = try LiveKernel(catalog: .kmemleakState).capture().withConfiguration()
      let snapshot = Snapshot(capture)
      var facts = KernelFacts(capture, snapshot)
      facts.addLive()
      return (facts, snapshot.host.bootID ?? "unknown")
    } catch {
      throw Failure(error)
    }
  }
}

extension Failure {
  /// Why kmemleak can't be used, and the first thing to do about it.
  init(_ finding: KmemleakFinding) {
    self.init(
      status: finding.state == .denied ? .notPermitted : .unavailable,
      KmemleakRefusal.unusable(finding))
  }
}
