import KmemParsers

/// What to do in each state of kmemleak, for this kernel's version.
struct KmemleakRemedies {
  let facts: KernelFacts

  private static let running = "slower allocation, memory for each allocated object"

  func build() -> [Remedy] { [needsSource(facts.rebuild("DEBUG_KMEMLEAK", cost: Self.running))] }

  /// Adds what the option itself depends on.
  private func needsSource(_ remedy: Remedy) -> Remedy {
    guard facts.option("DEBUG_KERNEL").isOff else { return remedy }
    var remedy = remedy
    remedy.command = "scripts/config --enable DEBUG_KERNEL --enable DEBUG_KMEMLEAK"
    return remedy
  }

  func switchOn() -> [Remedy] {
    [facts.boot("kmemleak=on", cost: Self.running)]
  }

  func removeOff() -> [Remedy] {
    [
      Remedy(
        .boot, "Replace kmemleak=off on the kernel's command line and reboot, with",
        command: "kmemleak=on", cost: "a reboot, then \(Self.running)")
    ]
  }

  func reboot() -> [Remedy] {
    [
      Remedy(
        .boot, "Reboot, as a disabled kmemleak can't be switched on again; make sure of it with",
        command: "kmemleak=on", cost: "a reboot, and the leaks of this boot are out of reach")
    ]
  }

  func enlargePool() -> [Remedy] {
    enlarge("DEBUG_KMEMLEAK_MEM_POOL_SIZE", fallback: 16000, limit: 1_000_000)
  }

  func enlargeEarlyLog() -> [Remedy] {
    enlarge("DEBUG_KMEMLEAK_EARLY_LOG_SIZE", fallback: 400, limit: 40000)
  }

  private func enlarge(_ option: String, fallback: Int, limit: Int) -> [Remedy] {
    let size = facts.option(option).value.flatMap { Int($0) } ?? fallback
    let (product, overflow) = size.multipliedReportingOverflow(by: 4)
    let larger = overflow ? limit : min(product, limit)
    return [
      Remedy(
        .rebuild, "Build the kernel with a larger CONFIG_\(option)",
        command: "scripts/config --set-val \(option) \(larger)",
        menu: Menuconfig.path(of: option, in: facts.version),
        cost: "a kernel build and a reboot")
    ] + reboot()
  }

  func afterOutOfMemory() -> [Remedy] {
    [
      Remedy(
        .boot, "Reboot and scan before memory runs out, with",
        command: "kmemleak=on", cost: "a reboot, and the leaks of this boot are out of reach")
    ]
  }

  func buildDebugfs() -> [Remedy] {
    [facts.rebuild("DEBUG_FS", cost: "none worth mention")]
  }

  func allowDebugfs(given value: String?) -> [Remedy] {
    let text =
      value.map { "Replace debugfs=\($0) on the kernel's command line and reboot, with" }
      ?? "Add a parameter to the kernel's command line and reboot, as debugfs is off by default"
    return [Remedy(.boot, text, command: "debugfs=on", cost: "a reboot")]
  }

  func mountDebugfs() -> [Remedy] {
    [Remedy(.command, "Mount debugfs", command: "sudo mount -t debugfs none /sys/kernel/debug")]
  }

  func unlock() -> [Remedy] {
    [
      Remedy(
        .boot,
        "Take lockdown= off the kernel's command line; where Secure Boot set it, switch that"
          + " off in the firmware or with",
        command: "sudo mokutil --disable-validation",
        cost: "a reboot without the protection that lockdown gives")
    ]
  }

  func becomeRoot() -> [Remedy] {
    guard facts.isLive else {
      return [
        Remedy(.privilege, "Capture again as root", command: "sudo kmemcheck snap")
      ]
    }
    return [Remedy(.privilege, "Ask again as root", command: "sudo kmemcheck status")]
  }

  func leaveContainer() -> [Remedy] {
    [
      Remedy(
        .privilege, "Ask on the host itself, outside the container",
        command: "sudo kmemcheck status")
    ]
  }

  func look() -> [Remedy] { facts.isRoot == true && facts.isLive ? mountDebugfs() : becomeRoot() }

  func findConfig() -> [Remedy] {
    var remedies: [Remedy] = facts.isRoot == true ? [] : becomeRoot()
    remedies.append(
      Remedy(
        .command, "Give the configuration this kernel was built with",
        command: "kmemcheck status --config FILE"))
    return remedies
  }

  func scan() -> [Remedy] {
    guard facts.isLive else { return [] }
    return [
      Remedy(
        .command, "Let it scan, twice and some seconds apart as it needs",
        command: "sudo kmemcheck scan", cost: "seconds of one processor for each scan")
    ]
  }
}

extension KernelFacts {
  /// The remedy that an option be built in, with its place in the menus of this kernel.
  func rebuild(_ option: String, cost: String) -> Remedy {
    guard let menu = Menuconfig.path(of: option, in: version) else {
      let first = Menuconfig.firstRelease(of: option) ?? "a later release"
      return Remedy(
        .rebuild, "Run Linux \(first) or later, which is the first with this option, built with",
        command: "CONFIG_\(option)=y", cost: "another kernel, and \(cost)")
    }
    return Remedy(
      .rebuild, "Build the kernel with CONFIG_\(option)=y",
      command: "scripts/config --enable \(option)", menu: menu,
      cost: "a kernel build and a reboot, then \(cost)")
  }

  /// The remedy that a parameter be added to the kernel's command line.
  func boot(_ parameter: String, cost: String) -> Remedy {
    Remedy(
      .boot, "Add a parameter to the kernel's command line and reboot", command: parameter,
      cost: "a reboot, then \(cost)")
  }
}
