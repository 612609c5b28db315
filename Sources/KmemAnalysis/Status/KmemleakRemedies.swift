/// The remedies for each state of kmemleak, as this kernel's version spells them.
struct KmemleakRemedies {
  let facts: KernelFacts

  /// The remedies that build kmemleak in, with the options it depends on.
  func build() -> [Remedy] {
    let isAlone = !facts.option("DEBUG_KERNEL").isOff
    return [facts.rebuild(.kmemleak, by: isAlone ? .alone : .withKernelDebugging)]
  }

  func switchOn() -> [Remedy] { [.boot(.add(.kmemleak))] }
  func removeOff() -> [Remedy] { [.boot(.removeKmemleakOff)] }
  func reboot() -> [Remedy] { [.boot(.restartKmemleak)] }
  func enlargePool() -> [Remedy] { enlarge(.memoryPool, fallback: 16000, limit: 1_000_000) }
  func enlargeEarlyLog() -> [Remedy] { enlarge(.earlyLog, fallback: 400, limit: 40000) }

  private func enlarge(_ option: Remedy.SizeOption, fallback: Int, limit: Int) -> [Remedy] {
    let size = facts.option(option.rawValue).value.flatMap { Int($0) } ?? fallback
    let (product, overflow) = size.multipliedReportingOverflow(by: 4)
    let larger = overflow ? limit : min(product, limit)
    let menu = Menuconfig.path(of: option.rawValue, in: facts.version)
    return [.rebuild(.enlarge(option, to: larger, menu: menu))] + reboot()
  }

  func afterOutOfMemory() -> [Remedy] { [.boot(.scanBeforeMemoryRunsOut)] }
  func buildDebugfs() -> [Remedy] { [facts.rebuild(.debugfs)] }

  func allowDebugfs(given value: String?) -> [Remedy] { [.boot(.allowDebugfs(instead: value))] }

  func mountDebugfs() -> [Remedy] { [.command(.mountDebugfs)] }
  func unlock() -> [Remedy] { [.boot(.liftLockdown)] }

  func becomeRoot() -> [Remedy] { [.privilege(facts.isLive ? .askAsRoot : .captureAsRoot)] }
  func leaveContainer() -> [Remedy] { [.privilege(.askOnHost)] }

  func look() -> [Remedy] { facts.isRoot == true && facts.isLive ? mountDebugfs() : becomeRoot() }

  func findConfig() -> [Remedy] {
    (facts.isRoot == true ? [] : becomeRoot()) + [.command(.giveConfiguration)]
  }

  func scan() -> [Remedy] { facts.isLive ? [.command(.scan)] : [] }
}
