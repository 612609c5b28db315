import KmemAnalysis
import KmemControl
import KmemReport
import KmemSnapshot
import KmemSources

/// Whether kmemleak of this machine can be commanded, asked before anything is changed.
struct KmemleakGate {
  /// Identifies the boot, for notes that outlive the process.
  let boot: String

  static let path = "/sys/kernel/debug/kmemleak"

  /// - Throws: `Failure` with the state that kmemleak is in and its remedy, if it can't be used.
  init() throws(Failure) {
    let facts = try Self.facts()
    boot = facts.boot
    let status = KernelStatus(facts.kernel)
    let finding = status.kmemleak
    guard finding.state.isUsable else { throw Failure(finding) }
    guard LiveFacts.isRoot else {
      throw Failure(
        status: .notPermitted, message: KmemleakWords.rootOnly)
    }
  }

  /// Why kmemleak can't be used, in a few words; nothing if it can.
  static func absence() throws(Failure) -> String? {
    let finding = KernelStatus(try facts().kernel).kmemleak
    guard finding.state.isUsable else {
      let evidence = finding.evidence.first.map { ": \($0)" } ?? ""
      return "\(finding.state.rawValue)\(evidence); kmemcheck status tells more"
    }
    return LiveFacts.isRoot ? nil : "only root may command it"
  }

  /// The failure that a refused command means, now that kmemleak may be in another state.
  static func failure(_ command: KmemleakCommand, _ reason: String) -> Failure {
    if let facts = try? facts() {
      let finding = KernelStatus(facts.kernel).kmemleak
      if !finding.state.isUsable { return Failure(finding) }
    }
    return Failure(
      status: .unavailable,
      message: KmemleakWords.refused(command.text, error: reason))
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

extension KernelFacts {
  /// Adds what no file tells.
  mutating func addLive() {
    hasDebugDirectory = LiveFacts.isDirectory("/sys/kernel/debug")
    hasKmemleakThread = LiveFacts.hasKernelThread(named: "kmemleak")
  }
}

extension Failure {
  /// Why kmemleak can't be used, and the first thing to do about it.
  init(_ finding: KmemleakFinding) {
    let remedy = finding.remedies.first.map { " \($0.sentence)" } ?? ""
    self.init(
      status: finding.state == .denied ? .notPermitted : .unavailable,
      message: "kmemleak can't be used (\(finding.state.rawValue)): "
        + finding.evidence.joined(separator: "; ") + ".\(remedy)")
  }
}
