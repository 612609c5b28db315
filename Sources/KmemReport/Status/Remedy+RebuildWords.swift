import KmemAnalysis

extension Remedy.Rebuild {
  /// What the build changes, as a sentence without its full stop.
  var text: String {
    switch self {
    case .enlarge(let option, to: _, menu: _):
      "Build the kernel with a larger CONFIG_\(option.rawValue)"
    case .enable(_, _, by: .byDwarfVersion): "Build the kernel with CONFIG_\(Remedy.dwarfOption)=y"
    case .enable(let option, _, by: .inPlaceOf(let allocator)):
      "Build the kernel with CONFIG_SLUB=y in place of \(allocator), and CONFIG_\(option.rawValue)=y"
    case .enable(let option, .menu, by: .alone),
      .enable(let option, .menu, by: .with):
      "Build the kernel with CONFIG_\(option.rawValue)=y"
    case .enable(_, .laterKernel(let first), by: .alone),
      .enable(_, .laterKernel(let first), by: .with):
      "Run Linux \(first ?? "a later release") or later, which is the first with this option, "
        + "built with"
    }
  }

  /// What the remedy costs, in words.
  var cost: String {
    switch self {
    case .enlarge: "a kernel build and a reboot"
    case .enable(let option, .menu, by: _): "a kernel build and a reboot, then \(option.cost)"
    case .enable(let option, .laterKernel, by: _): "another kernel, and \(option.cost)"
    }
  }
}

extension Remedy.Option {
  /// What a kernel with the option pays for it, in words.
  var cost: String {
    switch self {
    case .configuration: "some tens of KiB"
    case .kmemleak: "slower allocation, memory for each allocated object"
    case .debugfs: "none worth mention"
    case .slabDebug: "some KiB of code"
    case .allocationProfiling: "some MiB and little time: meant for production"
    case .pageOwner: "nothing until it's booted with page_owner=on"
    case .pressure, .stacktrace: "next to nothing"
    case .tracing: "nothing until programs are loaded"
    case .memcg, .oldMemcg: "a little memory for each page"
    case .kallsyms: "about 2 MiB"
    case .kallsymsAll: "about 1 MiB"
    case .debugInfo: "gigabytes of disk for the build"
    }
  }
}
