/// The remedies for each state of kmemleak, as this kernel's version spells them.
struct KmemleakRemedies {
  let facts: KernelFacts

  /// The remedies that build kmemleak in, with the options it depends on.
  func build() -> [Remedy] {
    var on = facts.option("DEBUG_KERNEL").isOff ? ["DEBUG_KERNEL"] : []
    var off: [String] = []
    if let version = facts.version, version.isAtLeast(2, 6, 31), !version.isAtLeast(3, 9) {
      // `depends on DEBUG_KERNEL && EXPERIMENTAL && !MEMORY_HOTPLUG`, until HAVE_DEBUG_KMEMLEAK came.
      if facts.option("EXPERIMENTAL").isOff { on.append("EXPERIMENTAL") }
      if facts.option("MEMORY_HOTPLUG").isOn { off.append("MEMORY_HOTPLUG") }
    }
    return [
      facts.rebuild(.kmemleak, by: on.isEmpty && off.isEmpty ? .alone : .with(on: on, off: off))
    ]
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

  func becomeRoot() -> [Remedy] {
    // A kernel that needn't run yet has nothing to ask.
    facts.isConfigurationAlone ? [] : [.privilege(facts.isLive ? .askAsRoot : .captureAsRoot)]
  }
  func leaveContainer() -> [Remedy] { [.privilege(.askOnHost)] }

  func look() -> [Remedy] { facts.isRoot == true && facts.isLive ? mountDebugfs() : becomeRoot() }

  func findConfig() -> [Remedy] {
    guard !facts.isConfigurationAlone else { return [] }
    return (facts.isRoot == true ? [] : becomeRoot()) + [.command(.giveConfiguration)]
  }

  func scan() -> [Remedy] { facts.isLive ? [.command(.scan)] : [] }
}
